package io.sluice.local.command;

import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import io.sluice.local.Sluice;
import io.sluice.local.lake.PipelineFolder;
import io.sluice.local.odcs.OdcsImport;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a pipeline's folder of a document of a standard. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Makes pipeline.yaml and contract.avsc of a document of the Open Data Contract Standard,",
      "version 3, and names what a pipeline has no place for."
    })
public final class ContractImportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "The document.")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Write the files into this folder, which has none yet.")
  private Path out = Path.of("");

  @Mixin private RegistryOption registry = new RegistryOption();

  @Override
  public Integer call() {
    OdcsImport.Imported imported = OdcsImport.read(text(), file.toString());
    try {
      Files.createDirectories(out);
      for (Map.Entry<String, String> each : imported.files().entrySet()) {
        Files.writeString(
            out.resolve(each.getKey()), each.getValue(), StandardOpenOption.CREATE_NEW);
      }
    } catch (FileAlreadyExistsException e) {
      throw new ConfigurationFailure("Cannot write " + e.getFile() + ": it is there already", e);
    } catch (IOException e) {
      throw new TransientFailure("Cannot write into " + out + ": " + e.getMessage(), e);
    }
    imported.leftOut().forEach(each -> System.err.println("Left out: " + each));
    PipelineFolder.read(out, registry.access());
    return Sluice.DONE;
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ConfigurationFailure("Document does not exist: " + file, e);
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
