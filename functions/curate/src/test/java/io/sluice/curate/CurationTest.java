package io.sluice.curate;

import static io.sluice.iceberg.lake.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.MergeCounts;
import io.sluice.core.batch.QuarantineStatus;
import io.sluice.core.batch.Replay;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.Failure;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.failure.UnknownOutcome;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.port.QuarantineTable;
import io.sluice.core.verdict.Curated;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import io.sluice.testkit.crash.Crashes;
import io.sluice.testkit.crash.Crashes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CurationTest {
  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);
  private final InMemoryQueue<SnapshotAudited> gate = new InMemoryQueue<>();
  private final LandedBatch first = lake.land(pipeline, "1", order("a", 1), order("b", 2));
  private final LandedBatch second = lake.land(pipeline, "2", order("b", 2), order("c", 3));
  private final LandedBatch third = lake.land(pipeline, "3", order("c", 4), "nonsense");

  @Test
  void commitsAllBatchesAsOneSnapshotAndAnnouncesIt() {
    // When
    List<Curated> verdicts = curation().curate(List.of(first, second, third));

    // Then
    Curated.Committed committed = (Curated.Committed) verdicts.getFirst();
    assertThat(verdicts).hasSize(1);
    assertThat(Objects.requireNonNull(committed.accounts().get(first.id())).merged())
        .isEqualTo(counts(2, 0, 0));
    assertThat(Objects.requireNonNull(committed.accounts().get(second.id())).merged())
        .isEqualTo(counts(1, 1, 0));
    assertThat(Objects.requireNonNull(committed.accounts().get(third.id())).merged())
        .isEqualTo(counts(0, 0, 1));
    assertThat(gate.announced()).containsExactly(announcement(committed.snapshot()));
    assertThatTheLakeHoldsEverythingOnce();
  }

  @Test
  void announcesAgainWhatWasCommittedBefore() {
    // Given
    curation().curate(List.of(first));
    curation().curate(List.of(second));
    List<SnapshotAudited> announced = gate.drain();

    // When
    List<Curated> verdicts = curation().curate(List.of(second, third, first));

    // Then
    assertThat(verdicts.subList(0, 2))
        .containsExactly(
            new Curated.AlreadyCommitted(announced.get(1).snapshot(), List.of(second.id())),
            new Curated.AlreadyCommitted(announced.get(0).snapshot(), List.of(first.id())));
    assertThat(verdicts.get(2)).isInstanceOf(Curated.Committed.class);
    assertThat(gate.announced()).hasSize(3).containsAll(announced);
    assertThatTheLakeHoldsEverythingOnce();
  }

  @Test
  void countsABatchThatIsHandedOverTwiceOnce() {
    // When
    List<Curated> verdicts = curation().curate(List.of(first, second, first, third));

    // Then
    assertThat(verdicts).hasSize(1);
    assertThatTheLakeHoldsEverythingOnce();
  }

  @Test
  void takesTheSameBytesOnceThatCameOnTwoDays() {
    // Given
    Instant day = lake.now();
    LandedBatch once = lake.land(pipeline, "again", day, order("d", 1));
    LandedBatch twice = lake.land(pipeline, "again", day.plus(Duration.ofDays(1)), order("d", 1));
    assertThat(twice.id()).isEqualTo(once.id());
    assertThat(twice.manifestName()).isNotEqualTo(once.manifestName());

    // When
    curation().curate(List.of(once));
    List<Curated> verdicts = curation().curate(List.of(twice));

    // Then
    assertThat(verdicts).singleElement().isInstanceOf(Curated.AlreadyCommitted.class);
    assertThat(lake.rows(pipeline, "audit")).containsExactly(order("d", 1));
    assertThat(lake.audit(pipeline).findings()).isEmpty();
  }

  @Test
  void findsWhatWasCommittedBehindAForeignCommit() {
    // Given
    curation().curate(List.of(first));
    lake.foreign(pipeline).newAppend().toBranch("audit").commit();

    // Then
    assertThat(curation().curate(List.of(first)))
        .singleElement()
        .isInstanceOf(Curated.AlreadyCommitted.class);
    assertThat(lake.rows(pipeline, "audit")).hasSize(2);
  }

  @Test
  void looksAgainWhenAnotherCommitterWasFirst() {
    // Given
    lake.table(pipeline);
    lake.catalog().beforeNextCommit(() -> curation().curate(List.of(first, second)));

    // When
    List<Curated> verdicts = curation().curate(List.of(second, third));

    // Then
    assertThat(verdicts).hasSize(2);
    assertThat(verdicts.getFirst())
        .isEqualTo(
            new Curated.AlreadyCommitted(
                gate.announced().getFirst().snapshot(), List.of(second.id())));
    assertThatTheLakeHoldsEverythingOnce();
  }

  @Test
  void givesUpWhenAnotherCommitterIsAlwaysFirst() {
    // Given
    lake.table(pipeline);
    moveAuditBeforeTheNextCommits(Curation.MOST_ATTEMPTS);

    // Then
    assertThatThrownBy(() -> curation().curate(List.of(first)))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("Cannot curate orders: the audit branch moved 5 times");
    assertThat(gate.announced()).isEmpty();
  }

  @Test
  void commitsNothingOfABatchThatAGateWithheld() {
    // Given
    curation().curate(List.of(first));
    lake.table(pipeline).withdraw(gate.drain().getFirst().snapshot());

    // When
    List<Curated> verdicts = curation().curate(List.of(first, second));

    // Then
    assertThat(verdicts.getFirst()).isEqualTo(new Curated.Withheld(List.of(first.id())));
    assertThat(verdicts.get(1)).isInstanceOf(Curated.Committed.class);
    assertThat(lake.rows(pipeline, "audit"))
        .containsExactlyInAnyOrder(order("b", 2), order("c", 3));
    assertThat(gate.announced()).hasSize(1);
  }

  @Test
  void refusesABatchOfAnotherPipeline() {
    // Given
    Curation other =
        new Curation(
            new PipelineName("others"),
            lake.table(pipeline),
            lake.quarantine(pipeline),
            lake.batches(pipeline),
            gate);

    // Then
    assertThatThrownBy(() -> other.curate(List.of(first)))
        .isInstanceOf(InvalidMessage.class)
        .hasMessage(
            "Invalid announcement: batch " + first.id() + " of orders came with those of others");
    assertThat(lake.rows(pipeline, "audit")).isEmpty();
  }

  @Test
  void finishesACommitWhoseOutcomeWasUnknown() {
    // Given
    lake.table(pipeline);
    lake.quarantine(pipeline).keep(List.of(third));
    lake.catalog()
        .afterNextCommit(
            () -> {
              throw new CommitStateUnknownException(new RuntimeException("the answer was lost"));
            });

    // When
    assertThatThrownBy(() -> curation().curate(List.of(first, second, third)))
        .isInstanceOf(UnknownOutcome.class);
    List<Curated> verdicts = curation().curate(List.of(first, second, third));

    // Then
    assertThat(verdicts).singleElement().isInstanceOf(Curated.AlreadyCommitted.class);
    assertThat(gate.announced()).hasSize(1);
    assertThatTheLakeHoldsEverythingOnce();
  }

  @Test
  void keepsRejectedRecordsOnceAfterACommitWhoseOutcomeWasUnknown() {
    // Given
    LandedBatch other = lake.land(pipeline, "4", "nonsense");
    curation().curate(List.of(other));
    lake.catalog()
        .afterNextCommit(
            () -> {
              throw new CommitStateUnknownException(new RuntimeException("the answer was lost"));
            });

    // When
    assertThatThrownBy(() -> curation().curate(List.of(third))).isInstanceOf(UnknownOutcome.class);
    curation().curate(List.of(third, other));

    // Then
    assertThat(lake.quarantined(pipeline)).containsOnlyKeys(third.id() + "-1", other.id() + "-0");
  }

  @Test
  void keepsTheRejectedRecordsOfABatchThatWasCommittedWithoutThem() {
    // Given
    new Curation(
            pipeline.name(),
            lake.table(pipeline),
            new ForgetfulQuarantine(),
            lake.batches(pipeline),
            gate)
        .curate(List.of(third));
    assertThat(lake.quarantined(pipeline)).isEmpty();

    // When
    List<Curated> verdicts = curation().curate(List.of(third));

    // Then
    assertThat(verdicts).singleElement().isInstanceOf(Curated.AlreadyCommitted.class);
    assertThat(lake.quarantined(pipeline)).containsOnlyKeys(third.id() + "-1");
  }

  @Test
  void keepsTheRejectedRecordsOfAHeldBatchAndNoMore() {
    // Given
    LandedBatch held = lake.hold(pipeline, "4", order("d", 1), "nonsense");

    // When
    List<Curated> verdicts = curation().curate(List.of(first, held));

    // Then
    assertThat(verdicts).hasSize(2).contains(new Curated.Held(List.of(held.id())));
    assertThat(lake.rows(pipeline, "audit"))
        .containsExactlyInAnyOrder(order("a", 1), order("b", 2));
    assertThat(lake.quarantined(pipeline)).containsOnlyKeys(held.id() + "-1");

    // When
    LandedBatch released = new LandedBatch(held.manifestName(), held.manifest(), true);
    curation().curate(List.of(released));

    // Then
    assertThat(lake.rows(pipeline, "audit")).hasSize(3).contains(order("d", 1));
    assertThat(lake.quarantined(pipeline)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void settlesAReplayOnceAfterACrashBetweenAnyTwoSteps(Moment moment) {
    for (int call = 0; call < 5; call++) {
      // Given
      CurationTest run = new CurationTest();
      LandedBatch bad = run.lake.land(run.pipeline, "4", "nonsense", "{}");
      run.curation().curate(List.of(bad));
      LandedBatch replay =
          run.lake.replay(
              run.pipeline,
              List.of(new Replay.Part(bad.manifest().source(), List.of(0L, 1L))),
              order("z", 1),
              "{}");
      Crashes crashes = new Crashes(call, moment);
      Curation dying =
          new Curation(
              run.pipeline.name(),
              crashes.curated(run.lake.table(run.pipeline)),
              crashes.quarantine(run.lake.quarantine(run.pipeline)),
              run.lake.batches(run.pipeline),
              crashes.announcer(run.gate));

      // When
      assertThatThrownBy(() -> dying.curate(List.of(replay))).isInstanceOf(Failure.class);
      run.curation().curate(List.of(replay));
      run.curation().curate(List.of(replay, bad));

      // Then
      assertThat(crashes.calls()).hasSize(call + 1);
      assertThat(run.lake.rows(run.pipeline, "audit")).containsExactly(order("z", 1));
      Map<String, QuarantineEntry> kept = run.lake.quarantined(run.pipeline);
      assertThat(kept).containsOnlyKeys(bad.id() + "-0", bad.id() + "-1");
      assertThat(kept.values())
          .extracting(QuarantineEntry::status)
          .containsExactly(QuarantineStatus.REPLAYED, QuarantineStatus.STILL_BAD);
      assertThat(kept.values()).extracting(QuarantineEntry::attempts).containsExactly(2, 2);
    }
  }

  private static final class ForgetfulQuarantine implements QuarantineTable {
    @Override
    public void keep(List<LandedBatch> batches) {}

    @Override
    public void keepConflicts(
        SnapshotId snapshot, List<LandedBatch> batches, List<StoredFile> conflicts) {}

    @Override
    public void settle(LandedBatch replay, List<StoredFile> conflicts) {}
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void endsInTheSameTableAfterACrashBetweenAnyTwoSteps(Moment moment) {
    for (int call = 0; call < 5; call++) {
      // Given
      CurationTest run = new CurationTest();
      Crashes crashes = new Crashes(call, moment);
      CuratedTable table = crashes.curated(run.lake.table(run.pipeline));
      Curation dying =
          new Curation(
              run.pipeline.name(),
              table,
              crashes.quarantine(run.lake.quarantine(run.pipeline)),
              run.lake.batches(run.pipeline),
              crashes.announcer(run.gate));

      // When
      List<LandedBatch> batches = List.of(run.first, run.second, run.third);
      assertThatThrownBy(() -> dying.curate(batches)).isInstanceOf(Failure.class);
      List<Curated> verdicts = run.curation().curate(batches.reversed());

      // Then
      assertThat(crashes.calls()).hasSize(call + 1);
      assertThat(verdicts).hasSize(1);
      assertThat(run.gate.announced()).isNotEmpty().containsOnly(run.gate.announced().getFirst());
      run.assertThatTheLakeHoldsEverythingOnce();
    }
  }

  private void moveAuditBeforeTheNextCommits(int commits) {
    lake.catalog()
        .beforeNextCommit(
            () -> {
              lake.foreign(pipeline).newAppend().toBranch("audit").commit();
              if (commits > 1) {
                moveAuditBeforeTheNextCommits(commits - 1);
              }
            });
  }

  private Curation curation() {
    return new Curation(
        pipeline.name(),
        lake.table(pipeline),
        lake.quarantine(pipeline),
        lake.batches(pipeline),
        gate);
  }

  private SnapshotAudited announcement(SnapshotId snapshot) {
    return new SnapshotAudited(pipeline.name(), snapshot);
  }

  private void assertThatTheLakeHoldsEverythingOnce() {
    assertThat(lake.rows(pipeline, "audit"))
        .containsExactlyInAnyOrderElementsOf(List.of(order("a", 1), order("b", 2), order("c", 3)));
    assertThat(lake.audit(pipeline).findings()).isEmpty();
    assertThat(lake.audit(pipeline).total().byName())
        .containsEntry("read", 6L)
        .containsEntry("rejected", 1L)
        .containsEntry("inserted", 3L)
        .containsEntry("duplicate", 1L)
        .containsEntry("conflicting", 1L);
    assertThat(lake.quarantined(pipeline)).containsOnlyKeys(third.id() + "-1");
  }

  private static MergeCounts counts(long inserted, long duplicate, long conflicting) {
    return new MergeCounts(inserted, 0, 0, duplicate, 0, conflicting);
  }
}
