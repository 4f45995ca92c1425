package io.sluice.local.command;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.QuarantineStatus;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import io.sluice.local.lake.LakeView;
import io.sluice.local.quarantine.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which rejected records a command is about. */
final class SelectionOptions {
  @Option(names = "--code", paramLabel = "CODE", description = "Only those with this error.")
  private String code = "";

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "Only those with an error there; elements of arrays as [].")
  private String path = "";

  @Option(names = "--batch", paramLabel = "BATCH", description = "Only those of this batch.")
  private String batch = "";

  @Option(
      names = "--id",
      arity = "1..*",
      paramLabel = "ID",
      description = "Only these, as list and show name them.")
  private List<String> ids = new ArrayList<>();

  /** The selection among the records that stand as {@code statuses} say. */
  Selection among(Set<QuarantineStatus> statuses) {
    return new Selection(statuses, code, path, batch, Set.copyOf(ids));
  }

  /** The chosen records of which something is left to do, without their bytes. */
  List<QuarantineEntry> unsettled(LakeView lake, Pipeline pipeline) {
    Selection selection = among(Set.of(QuarantineStatus.OPEN, QuarantineStatus.STILL_BAD));
    List<QuarantineEntry> chosen = new ArrayList<>();
    lake.quarantine(pipeline)
        .ifPresent(
            reader ->
                reader.forEach(
                    entry -> {
                      if (selection.covers(entry)) {
                        chosen.add(entry);
                      }
                    }));
    return chosen;
  }
}
