package io.sluice.curate;

import static io.sluice.iceberg.lake.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.MergeCounts;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.failure.Failure;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.failure.UnknownOutcome;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.verdict.Curated;
import io.sluice.curate.Crashes.Moment;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import java.util.List;
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
    Curation other = new Curation(new PipelineName("others"), lake.table(pipeline), gate);

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

  @ParameterizedTest
  @EnumSource(Moment.class)
  void endsInTheSameTableAfterACrashBetweenAnyTwoSteps(Moment moment) {
    for (int call = 0; call < 4; call++) {
      // Given
      CurationTest run = new CurationTest();
      Crashes crashes = new Crashes(call, moment);
      CuratedTable table = crashes.table(run.lake.table(run.pipeline));
      Curation dying = new Curation(run.pipeline.name(), table, crashes.announcer(run.gate));

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
    return new Curation(pipeline.name(), lake.table(pipeline), gate);
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
  }

  private static MergeCounts counts(long inserted, long duplicate, long conflicting) {
    return new MergeCounts(inserted, 0, 0, duplicate, 0, conflicting);
  }
}
