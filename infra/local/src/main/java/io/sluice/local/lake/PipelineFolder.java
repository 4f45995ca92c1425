package io.sluice.local.lake;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.pipeline.ContractTexts;
import io.sluice.contracts.pipeline.Declarations;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.pipeline.PipelineReader;
import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.contracts.registry.RestRegistry;
import io.sluice.contracts.registry.Subject;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline declared in a folder, checked.
 *
 * @param files the files of the declaration by name: {@code pipeline.yaml} and what it names
 */
public record PipelineFolder(Pipeline pipeline, Map<String, String> files) {
  /** Copies the files. */
  public PipelineFolder {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /**
   * Reads {@code folder}.
   *
   * @param registry as whom its contract is read when that is in a registry
   * @throws ConfigurationFailure when the folder or a file is not there, or declares something
   *     wrongly
   */
  public static PipelineFolder read(Path folder, RegistryAccess registry) {
    if (!Files.isDirectory(folder)) {
      throw new ConfigurationFailure("Pipeline folder does not exist: " + folder);
    }
    Map<String, String> files = new LinkedHashMap<>();
    Path declaration = folder.resolve(Declarations.FILE);
    String yaml =
        text(declaration)
            .orElseThrow(
                () ->
                    new ConfigurationFailure(
                        "Pipeline declaration does not exist: " + declaration));
    files.put(Declarations.FILE, yaml);
    Pipeline pipeline =
        PipelineReader.read(
            yaml,
            declaration.toString(),
            new ContractTexts() {
              @Override
              public Optional<String> file(String name) {
                Optional<String> content = text(folder.resolve(name));
                content.ifPresent(text -> files.put(name, text));
                return content;
              }

              @Override
              public Optional<String> registered(Subject subject, String address) {
                return address.startsWith("http")
                    ? new RestRegistry(URI.create(address), registry).find(subject)
                    : ContractTexts.super.registered(subject, address);
              }
            });
    return new PipelineFolder(pipeline, files);
  }

  /**
   * The contract in {@code file}, or that of the pipeline which {@code file}, a folder, declares.
   *
   * @throws ConfigurationFailure when there is none, or it is invalid
   */
  public static Contract contract(Path file, RegistryAccess registry) {
    if (Files.isDirectory(file)) {
      return read(file, registry).pipeline().contract();
    }
    String json =
        text(file).orElseThrow(() -> new ConfigurationFailure("Contract does not exist: " + file));
    return Contract.parse(json, file.toString());
  }

  private static Optional<String> text(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > Declarations.MAX_BYTES) {
        throw new ConfigurationFailure(
            "Cannot read " + file + ": it is longer than " + Declarations.MAX_BYTES + " bytes");
      }
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
