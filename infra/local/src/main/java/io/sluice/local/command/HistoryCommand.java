package io.sluice.local.command;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.iceberg.read.TableHistory.Entry;
import io.sluice.local.Sluice;
import io.sluice.local.print.HistoryPrinter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the snapshots of a table. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "Prints the snapshots of a table: counts, batches, verdicts, published or not.")
public final class HistoryCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The name of the pipeline.")
  private String name = "";

  @Mixin private LakeOption lake = new LakeOption();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return lake.open(
        view -> {
          Pipeline pipeline = view.pipeline(name);
          List<Entry> entries =
              view.table(pipeline).map(table -> table.history().entries()).orElse(List.of());
          HistoryPrinter printer = new HistoryPrinter(view, pipeline, System.out);
          if (json) {
            printer.printJson(entries);
          } else {
            printer.print(entries);
          }
          return Sluice.DONE;
        });
  }
}
