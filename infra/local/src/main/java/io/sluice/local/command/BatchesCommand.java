package io.sluice.local.command;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.iceberg.batch.BatchReader;
import io.sluice.local.Sluice;
import io.sluice.local.print.BatchesPrinter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the table of batches. */
@Command(
    name = "batches",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the table of batches: where each stands, when it got there, what became of its",
      "records, what its gates said."
    })
public final class BatchesCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The name of the pipeline.")
  private String name = "";

  @Mixin private LakeOption lake = new LakeOption();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(
      names = "--rebuild",
      description = "First make the rows of all batches anew from what the lake says.")
  private boolean rebuild;

  @Override
  public Integer call() throws Exception {
    return lake.open(
        view -> {
          Pipeline pipeline = view.pipeline(name);
          if (rebuild) {
            view.openBatches(pipeline).indexAll();
          }
          List<Map<String, Object>> rows =
              view.batches(pipeline).map(BatchReader::rows).orElse(List.of());
          if (json) {
            BatchesPrinter.printJson(pipeline, rows, System.out);
          } else {
            BatchesPrinter.print(rows, System.out);
          }
          return Sluice.DONE;
        });
  }
}
