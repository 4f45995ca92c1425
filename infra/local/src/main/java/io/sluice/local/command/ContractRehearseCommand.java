package io.sluice.local.command;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.local.Sluice;
import io.sluice.local.lake.PipelineFolder;
import io.sluice.local.print.RehearsalPrinter;
import io.sluice.local.rehearse.Rehearsal;
import io.sluice.local.rehearse.RehearsalReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds a proposed pipeline against what landed. */
@Command(
    name = "rehearse",
    mixinStandardHelpOptions = true,
    description = {
      "Says what the contract and rules of a folder would change in what is landed: accepted",
      "records that would fail, rejected ones that would pass, columns. Changes nothing. Exits",
      "with 1 when an accepted record would fail."
    })
public final class ContractRehearseCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE_DIR", description = "The pipeline as proposed.")
  private Path folder = Path.of("");

  @Mixin private LakeOption lake = new LakeOption();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Pipeline proposed = PipelineFolder.read(folder, lake.registry()).pipeline();
    return lake.open(
        view -> {
          Pipeline present = view.pipeline(proposed.name().value());
          RehearsalReport report = Rehearsal.of(view, present, proposed);
          RehearsalPrinter printer = new RehearsalPrinter(present, proposed, report);
          if (json) {
            printer.printJson(System.out);
          } else {
            printer.print(System.out);
          }
          return report.failing() == 0 ? Sluice.DONE : Sluice.REFUSED;
        });
  }
}
