package io.sluice.curate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.QuarantineStatus;
import io.sluice.core.batch.RecordError;
import io.sluice.core.batch.Replay;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.gate.Settlement.Way;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.formats.quarantine.BytesKept;
import io.sluice.iceberg.audit.Finding;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import io.sluice.iceberg.table.IcebergTable;
import io.sluice.testkit.crash.Crashes;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records that a merge refuses because their key has another content. */
class ConflictsTest {
  private static final String CONTRACT =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "card", "type": ["null", "string"], "default": null}]}
      """;

  private final TestLake lake = new TestLake();
  private final InMemoryQueue<SnapshotAudited> gate = new InMemoryQueue<>();
  private final Pipeline pipeline = declare(lake, "", "on_conflict: quarantine");

  private static Pipeline declare(TestLake lake, String ingestion, String transformation) {
    return lake.declare(
        "orders",
        """
        pipeline: { name: orders }
        ingestion: { contract: contract.avsc, unknown_fields: ignore INGESTION }
        transformation: { idempotency_key: [id], event_time: at, TRANSFORMATION }
        """
            .replace("INGESTION", ingestion)
            .replace("TRANSFORMATION", transformation),
        CONTRACT);
  }

  private static String order(String id, String card) {
    return "{\"id\":\"" + id + "\",\"at\":1767225600000,\"card\":\"" + card + "\"}";
  }

  private void curate(Pipeline declared, LandedBatch... batches) {
    new Curation(
            declared.name(),
            lake.table(declared),
            lake.quarantine(declared),
            lake.batches(declared),
            gate)
        .curate(List.of(batches));
  }

  private QuarantineEntry entry(String id) {
    return lake.quarantined(pipeline).entrySet().stream()
        .filter(each -> each.getKey().equals(id))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static List<RecordError> errors(QuarantineEntry entry) {
    return entry.quarantined().record().errors();
  }

  @Test
  void goToQuarantineWithTheirContentAndBothFingerprints() {
    // Given
    LandedBatch first = lake.land(pipeline, "1", order("a", "1"), "nonsense");
    LandedBatch second =
        lake.land(pipeline, "2", order("a", "1"), "nonsense", order("b", "1"), order("a", "2"));

    // When
    curate(pipeline, first, second);
    curate(pipeline, second);

    // Then
    assertThat(lake.quarantined(pipeline))
        .containsOnlyKeys(first.id() + "-1", second.id() + "-1", second.id() + "-3");
    QuarantineEntry entry = entry(second.id() + "-3");
    assertThat(entry.status()).isEqualTo(QuarantineStatus.OPEN);
    assertThat(entry.quarantined().origin().source()).isEqualTo(second.manifest().source());
    assertThat(entry.quarantined().record().errorClass()).isEqualTo(ErrorClass.CONFLICT);
    assertThat(entry.quarantined().kept()).isEqualTo(BytesKept.RENDERED);
    assertThat(UTF_8.decode(entry.quarantined().record().bytes()).toString())
        .isEqualTo(order("a", "2"));
    assertThat(errors(entry))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.kind()).isEqualTo("conflict id");
              assertThat(error.expected()).matches("the content [0-9a-f]{32}");
              assertThat(error.found()).matches("the content [0-9a-f]{32}");
              assertThat(error.found()).isNotEqualTo(error.expected());
            });
    assertThat(lake.audit(pipeline).findings()).isEmpty();
  }

  @Test
  void keepNothingThatIsRedacted() {
    // Given
    Pipeline redacting = declare(lake, ", redact: [card]", "on_conflict: quarantine");

    // When
    curate(redacting, lake.land(redacting, "1", order("a", "1"), order("a", "4711")));

    // Then
    QuarantineEntry entry = lake.quarantined(redacting).values().iterator().next();
    assertThat(entry.quarantined().kept()).isEqualTo(BytesKept.REDACTED);
    assertThat(UTF_8.decode(entry.quarantined().record().bytes()).toString())
        .isEqualTo(order("a", "***"));
  }

  @ParameterizedTest
  @EnumSource
  void areThereOnceWhereverCurateDies(Crashes.Moment moment) {
    // Given
    int calls = calls(Crashes.none());
    assertThat(calls).isGreaterThan(4);

    for (int fatal = 0; fatal < calls; fatal++) {
      // When
      ConflictsTest run = new ConflictsTest();
      LandedBatch batch = run.land();
      try {
        run.curate(new Crashes(fatal, moment), batch);
      } catch (TransientFailure e) {
        run.curate(run.pipeline, batch);
      }

      // Then
      assertThat(run.lake.quarantined(run.pipeline))
          .as("call " + fatal)
          .containsOnlyKeys(batch.id() + "-1", batch.id() + "-2");
      assertThat(run.lake.audit(run.pipeline).findings()).as("call " + fatal).isEmpty();
    }
  }

  private LandedBatch land() {
    return lake.land(pipeline, "1", order("a", "1"), order("a", "2"), "nonsense");
  }

  private static int calls(Crashes crashes) {
    ConflictsTest run = new ConflictsTest();
    run.curate(crashes, run.land());
    return crashes.calls().size();
  }

  private void curate(Crashes crashes, LandedBatch batch) {
    new Curation(
            pipeline.name(),
            crashes.curated(lake.table(pipeline)),
            crashes.quarantine(lake.quarantine(pipeline)),
            lake.batches(pipeline),
            crashes.announcer(gate))
        .curate(List.of(batch));
  }

  @Test
  void standAsTheLatestSnapshotOfTheirBatchHasThem() {
    // Given
    IcebergTable table = lake.table(pipeline);
    LandedBatch winner = lake.land(pipeline, "1", order("a", "1"));
    LandedBatch loser =
        lake.land(pipeline, "2", order("a", "2"), "nonsense", order("c", "1"), order("c", "2"));
    curate(pipeline, winner);
    SnapshotId withdrawn = table.head().commitOf(winner.id()).orElseThrow();
    curate(pipeline, loser);
    assertThat(lake.quarantined(pipeline)).hasSize(3);

    // When
    table.withdraw(withdrawn);
    curate(pipeline, loser);

    // Then
    QuarantineEntry accepted = entry(loser.id() + "-0");
    assertThat(accepted.status()).isEqualTo(QuarantineStatus.REPLAYED);
    assertThat(accepted.standing().replay()).isEqualTo(loser.id().value());
    assertThat(entry(loser.id() + "-1").status()).isEqualTo(QuarantineStatus.OPEN);
    assertThat(entry(loser.id() + "-3").status()).isEqualTo(QuarantineStatus.OPEN);
    assertThat(lake.audit(pipeline).findings()).isEmpty();

    // When
    table.settle(withdrawn, Set.of(winner.id()), Way.RELEASE);
    curate(pipeline, winner);

    // Then
    assertThat(entry(winner.id() + "-0").status()).isEqualTo(QuarantineStatus.OPEN);
    assertThat(lake.audit(pipeline).findings()).isEmpty();
  }

  @Test
  void mayHaveBeenSettledBeforeTheirBatchCameBackWithoutThem() {
    // Given
    IcebergTable table = lake.table(pipeline);
    LandedBatch batch = lake.land(pipeline, "1", order("a", "1"), order("a", "2"));
    curate(pipeline, batch);
    SnapshotId withdrawn = table.head().commitOf(batch.id()).orElseThrow();
    table.withdraw(withdrawn);
    LandedBatch replay =
        lake.replay(
            pipeline,
            List.of(new Replay.Part(batch.manifest().source(), List.of(1L))),
            order("a", "2"));
    curate(pipeline, replay);
    assertThat(entry(batch.id() + "-1").status()).isEqualTo(QuarantineStatus.REPLAYED);

    // When
    table.settle(withdrawn, Set.of(batch.id()), Way.RELEASE);
    curate(pipeline, batch);

    // Then
    assertThat(entry(batch.id() + "-0").status()).isEqualTo(QuarantineStatus.OPEN);
    assertThat(entry(batch.id() + "-1").standing().replay()).isEqualTo(replay.id().value());
    assertThat(lake.audit(pipeline).findings()).isEmpty();
  }

  @Test
  void areStillBadWhenTheyAreReplayedAsTheyWere() {
    // Given
    LandedBatch batch = lake.land(pipeline, "1", order("a", "1"), order("a", "2"), "nonsense");
    curate(pipeline, batch);

    // When
    LandedBatch replay = replay(pipeline, batch);
    curate(pipeline, replay);
    curate(pipeline, replay);

    // Then
    assertThat(lake.quarantined(pipeline)).hasSize(2);
    QuarantineEntry refused = entry(batch.id() + "-1");
    assertThat(refused.status()).isEqualTo(QuarantineStatus.STILL_BAD);
    assertThat(refused.attempts()).isEqualTo(2);
    assertThat(errors(refused)).extracting(RecordError::code).containsExactly("conflict");
    QuarantineEntry mended = entry(batch.id() + "-2");
    assertThat(mended.status()).isEqualTo(QuarantineStatus.STILL_BAD);
    assertThat(mended.quarantined().record().errorClass()).isEqualTo(ErrorClass.CONFLICT);
    assertThat(lake.audit(pipeline).findings()).isEmpty();
  }

  @Test
  void takeTheRowsPlaceWhenTheyAreReplayedUnderAnotherDeclaration() {
    // Given
    LandedBatch batch = lake.land(pipeline, "1", order("a", "1"), order("a", "2"), "nonsense");
    curate(pipeline, batch);

    // When
    Pipeline upserting = declare(lake, "", "merge: upsert");
    curate(upserting, replay(upserting, batch));

    // Then
    assertThat(entry(batch.id() + "-1").status()).isEqualTo(QuarantineStatus.REPLAYED);
    assertThat(entry(batch.id() + "-2").status()).isEqualTo(QuarantineStatus.REPLAYED);
    assertThat(lake.rows(upserting, "audit")).containsExactly(order("a", "3"));
    assertThat(lake.audit(upserting).findings()).isEmpty();
  }

  private LandedBatch replay(Pipeline declared, LandedBatch batch) {
    return lake.replay(
        declared,
        List.of(new Replay.Part(batch.manifest().source(), List.of(1L, 2L))),
        order("a", "2"),
        order("a", "3"));
  }

  @Test
  void areMissedByTheAuditorWhereTheyAreNotKept() {
    // Given
    LandedBatch batch = lake.land(pipeline, "1", order("a", "1"), order("a", "2"));
    IcebergTable table = lake.table(pipeline);

    // When
    table.commit(table.stage(table.head(), List.of(batch)));

    // Then
    assertThat(lake.audit(pipeline).findings())
        .extracting(Finding::code)
        .containsExactly("quarantine-rows");
  }

  @Test
  void areNotMissedWhereAGateTookTheirSnapshotAwayBeforeTheyWereKept() {
    // Given
    LandedBatch batch = lake.land(pipeline, "1", order("a", "1"), order("a", "2"));
    IcebergTable table = lake.table(pipeline);
    table.commit(table.stage(table.head(), List.of(batch)));
    SnapshotId refusing = table.head().commitOf(batch.id()).orElseThrow();

    // When
    table.withdraw(refusing);
    curate(pipeline, batch);

    // Then
    assertThat(lake.audit(pipeline).findings()).isEmpty();

    // When
    table.settle(refusing, Set.of(batch.id()), Way.RELEASE);
    curate(pipeline, batch);

    // Then
    assertThat(entry(batch.id() + "-1").status()).isEqualTo(QuarantineStatus.OPEN);
    assertThat(lake.audit(pipeline).findings()).isEmpty();
  }

  @Test
  void areOnlyCountedWhereTheFirstIsKept() {
    // Given
    Pipeline keeping = declare(lake, "", "on_conflict: keep_first");

    // When
    curate(keeping, lake.land(keeping, "1", order("a", "1"), order("a", "2")));

    // Then
    assertThat(lake.quarantined(keeping)).isEmpty();
    assertThat(lake.audit(keeping).total().merged().conflicting()).isEqualTo(1);
    assertThat(lake.audit(keeping).findings()).isEmpty();
  }
}
