package io.sluice.local.command;

import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.PipelineName;
import io.sluice.local.Sluice;
import io.sluice.local.infer.Draft;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drafts a pipeline from samples. */
@Command(
    name = "infer",
    mixinStandardHelpOptions = true,
    description = {
      "Drafts a contract and a pipeline.yaml, commented, from NDJSON samples, plain or compressed:",
      "types, what may be null, what may be the key, the event time and partitions."
    })
public final class ContractInferCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Samples.")
  private List<Path> files = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write the files into this folder, which has none yet.")
  private Path out = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The name of the pipeline (as the folder, else the first sample).")
  private String name = "";

  @Override
  public Integer call() {
    boolean written = !out.toString().isEmpty();
    Draft draft = Draft.of(pipelineName(name.isEmpty() ? nameOf(written) : name), files);
    if (written) {
      write(draft.files());
    } else {
      draft.files().forEach((file, text) -> System.out.printf("# ── %s ──%n%s", file, text));
    }
    System.err.printf(Locale.ROOT, "Drafted from %,d samples%n", draft.records());
    if (draft.unusable() > 0) {
      System.err.printf(Locale.ROOT, "%,d lines are no JSON object%n", draft.unusable());
    }
    return Sluice.DONE;
  }

  private static PipelineName pipelineName(String text) {
    try {
      return new PipelineName(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private String nameOf(boolean written) {
    Path named = written ? out.toAbsolutePath().normalize() : files.getFirst();
    String file = String.valueOf(named.getFileName());
    int dot = file.indexOf('.');
    String stem = (dot > 0 ? file.substring(0, dot) : file).toLowerCase(Locale.ROOT);
    String letters = stem.replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-+$", "");
    String shortened = letters.substring(0, Math.min(PipelineName.MAX_LENGTH, letters.length()));
    return shortened.isEmpty() ? "samples" : shortened;
  }

  private void write(Map<String, String> texts) {
    try {
      Files.createDirectories(out);
      for (Map.Entry<String, String> file : texts.entrySet()) {
        Files.writeString(
            out.resolve(file.getKey()), file.getValue(), StandardOpenOption.CREATE_NEW);
      }
    } catch (FileAlreadyExistsException e) {
      throw new ConfigurationFailure("Cannot write " + e.getFile() + ": it is there already", e);
    } catch (IOException e) {
      throw new TransientFailure("Cannot write into " + out + ": " + e.getMessage(), e);
    }
  }
}
