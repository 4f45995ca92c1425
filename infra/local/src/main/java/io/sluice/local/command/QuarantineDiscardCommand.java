package io.sluice.local.command;

import static java.util.stream.Collectors.toSet;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import io.sluice.local.Sluice;
import io.sluice.local.print.QuarantinePrinter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says that rejected records are not wanted. */
@Command(
    name = "discard",
    mixinStandardHelpOptions = true,
    description = {
      "Says that rejected records are not wanted, and why. They stay in quarantine as discarded;",
      "what was replayed or discarded before is left as it is."
    })
public final class QuarantineDiscardCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The name of the pipeline.")
  private String name = "";

  @Mixin private LakeOption lake = new LakeOption();

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; kept with each record.")
  private String reason = "";

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return lake.open(
        view -> {
          Pipeline pipeline = view.pipeline(name);
          List<QuarantineEntry> chosen = selection.unsettled(view, pipeline);
          if (!chosen.isEmpty()) {
            view.openQuarantine(pipeline)
                .discard(
                    chosen.stream().map(QuarantineEntry::id).collect(toSet()),
                    reason,
                    Instant.now());
          }
          if (json) {
            new QuarantinePrinter(pipeline.name(), System.out)
                .printJson(Map.of("discarded", (long) chosen.size()));
          } else {
            System.out.println(chosen.size() + " records are discarded");
          }
          return Sluice.DONE;
        });
  }
}
