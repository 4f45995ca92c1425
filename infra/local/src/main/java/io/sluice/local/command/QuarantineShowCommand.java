package io.sluice.local.command;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import io.sluice.local.Sluice;
import io.sluice.local.print.QuarantinePrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints rejected records whole. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Prints everything about rejected records: all errors, and the bytes as text.")
public final class QuarantineShowCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The name of the pipeline.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "ID",
      description = "Records, as list names them.")
  private List<String> ids = new ArrayList<>();

  @Mixin private LakeOption lake = new LakeOption();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return lake.open(
        view -> {
          Pipeline pipeline = view.pipeline(name);
          Map<String, QuarantineEntry> found = new TreeMap<>();
          view.quarantine(pipeline)
              .ifPresent(reader -> reader.forEach(ids, entry -> found.put(entry.id(), entry)));
          for (String id : ids) {
            if (!found.containsKey(id)) {
              throw new ConfigurationFailure("Rejected record does not exist: " + id);
            }
          }
          List<QuarantineEntry> entries = List.copyOf(found.values());
          QuarantinePrinter printer = new QuarantinePrinter(pipeline.name(), System.out);
          if (json) {
            printer.printJson(entries);
          } else {
            printer.print(entries);
          }
          return Sluice.DONE;
        });
  }
}
