package io.sluice.local.command;

import static java.util.stream.Collectors.toSet;

import io.sluice.core.batch.QuarantineStatus;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import io.sluice.local.Sluice;
import io.sluice.local.lake.PipelineFolder;
import io.sluice.local.print.QuarantinePrinter;
import io.sluice.local.quarantine.Replays;
import io.sluice.local.run.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts rejected records through the pipeline again. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Puts rejected records through the pipeline again, under the contract as it is now. Accepted",
      "ones go into the table; the others are still bad, and the command then exits with 1."
    })
public final class QuarantineReplayCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The name of the pipeline.")
  private String name = "";

  @Mixin private LakeOption lake = new LakeOption();

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Option(
      names = "--declare",
      paramLabel = "PIPELINE_DIR",
      description = "Declare the pipeline anew first, from this folder.")
  private List<Path> declaration = new ArrayList<>();

  @Mixin private RunOptions options = new RunOptions();

  private final List<QuarantineEntry> chosen = new ArrayList<>();
  private final List<PipelineFolder> declared = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    lake.open(
        view -> {
          declared.add(
              declaration.isEmpty()
                  ? new PipelineFolder(view.pipeline(name), Map.of())
                  : PipelineFolder.read(declaration.getFirst(), lake.registry()));
          chosen.addAll(selection.unsettled(view, declared.getFirst().pipeline()));
          return Sluice.DONE;
        });
    PipelineFolder folder = declared.getFirst();
    if (chosen.isEmpty()) {
      print(folder, Map.of());
      return Sluice.DONE;
    }
    Map<String, byte[]> objects = Replays.objects(folder.pipeline(), chosen);
    RunReport report =
        new RunSession(lake.folder(), folder, lake.registry(), options)
            .execute(run -> run.replay(objects));
    Map<QuarantineStatus, Long> outcome = outcome(folder);
    print(folder, outcome);
    boolean allReplayed = outcome.getOrDefault(QuarantineStatus.REPLAYED, 0L) == chosen.size();
    int status = RunSession.status(report);
    return status == Sluice.DONE && !allReplayed ? Sluice.REFUSED : status;
  }

  private Map<QuarantineStatus, Long> outcome(PipelineFolder folder) throws Exception {
    Set<String> ids = chosen.stream().map(QuarantineEntry::id).collect(toSet());
    Map<QuarantineStatus, Long> outcome = new LinkedHashMap<>();
    lake.open(
        view -> {
          view.quarantine(folder.pipeline())
              .ifPresent(
                  reader ->
                      reader.forEach(
                          entry -> {
                            if (ids.contains(entry.id())) {
                              outcome.merge(entry.status(), 1L, Long::sum);
                            }
                          }));
          return Sluice.DONE;
        });
    return outcome;
  }

  private void print(PipelineFolder folder, Map<QuarantineStatus, Long> outcome) {
    long replayed = outcome.getOrDefault(QuarantineStatus.REPLAYED, 0L);
    long stillBad = outcome.getOrDefault(QuarantineStatus.STILL_BAD, 0L);
    if (options.json()) {
      Map<String, Long> counts = new LinkedHashMap<>();
      counts.put("selected", (long) chosen.size());
      counts.put("replayed", replayed);
      counts.put("still_bad", stillBad);
      new QuarantinePrinter(folder.pipeline().name(), System.out).printJson(counts);
    } else {
      System.out.printf(
          "%d records were put through again: %d are replayed, %d are still bad%n",
          chosen.size(), replayed, stillBad);
    }
  }
}
