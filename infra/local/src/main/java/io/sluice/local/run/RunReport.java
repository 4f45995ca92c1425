package io.sluice.local.run;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.id.PipelineName;
import io.sluice.iceberg.read.TableHistory.Head;
import io.sluice.local.cloud.event.DeadLetter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What came of an invocation.
 *
 * @param totals of the batches that this invocation brought into the table
 * @param main the head of main; empty before the first publication
 * @param audit the head of audit; empty where there is none
 * @param isPublished whether main shows everything that is on audit
 * @param batches one line for each input
 * @param verdicts of the snapshots that this invocation made, oldest first
 * @param blockers the verdicts, of whenever, that keep main behind audit
 */
public record RunReport(
    PipelineName pipeline,
    Path lake,
    Duration took,
    StageTimes times,
    BatchAccount totals,
    List<Head> main,
    List<Head> audit,
    boolean isPublished,
    List<BatchLine> batches,
    List<GateVerdict> verdicts,
    List<GateVerdict> blockers,
    List<DeadLetter> deadLetters) {
  /** Copies the lists. */
  public RunReport {
    main = List.copyOf(main);
    audit = List.copyOf(audit);
    batches = List.copyOf(batches);
    verdicts = List.copyOf(verdicts);
    blockers = List.copyOf(blockers);
    deadLetters = List.copyOf(deadLetters);
  }

  /** Whether the pipeline said no to anything. */
  public boolean isRefused() {
    return !isPublished
        || verdicts.stream().anyMatch(verdict -> verdict.outcome() != GateOutcome.PUBLISHED)
        || batches.stream().anyMatch(line -> !line.reason().isEmpty());
  }
}
