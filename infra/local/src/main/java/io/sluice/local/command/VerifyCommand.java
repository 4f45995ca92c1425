package io.sluice.local.command;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.iceberg.audit.AuditReport;
import io.sluice.local.Sluice;
import io.sluice.local.print.AuditPrinter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Audits a pipeline's part of a lake. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Proves from the lake alone that every record is accounted for, no key is there twice, and",
      "main is an audited ancestor of audit; names whatever is not so, and then exits with 1."
    })
public final class VerifyCommand implements Callable<Integer> {
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
          AuditReport report =
              view.table(pipeline)
                  .orElseThrow(
                      () ->
                          new ConfigurationFailure(
                              "Table does not exist: "
                                  + pipeline.table()
                                  + " (nothing was curated yet)"))
                  .audit(view.store(), view.layout());
          if (json) {
            AuditPrinter.printJson(pipeline, report, System.out);
          } else {
            AuditPrinter.print(pipeline, report, System.out);
          }
          return report.isClean() ? Sluice.DONE : Sluice.REFUSED;
        });
  }
}
