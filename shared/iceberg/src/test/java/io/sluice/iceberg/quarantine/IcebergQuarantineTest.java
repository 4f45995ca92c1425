package io.sluice.iceberg.quarantine;

import static io.sluice.iceberg.lake.Orders.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.QuarantineStatus;
import io.sluice.core.batch.RecordError;
import io.sluice.core.batch.Replay;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.formats.quarantine.BytesKept;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

class IcebergQuarantineTest {
  private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");

  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);
  private final IcebergQuarantine quarantine = lake.quarantine(pipeline);
  private final LandedBatch first = lake.land(pipeline, "1", order("a", 1), "nonsense", "{}");
  private final LandedBatch second = lake.land(pipeline, "2", "{\"id\":1}");

  @Test
  void keepsEveryRejectedRecordOnceWithAllThatIsKnownOfIt() {
    // When
    quarantine.keep(List.of(first));
    quarantine.keep(List.of(first, second));
    quarantine.keep(List.of(second));

    // Then
    Map<String, QuarantineEntry> kept = lake.quarantined(pipeline);
    assertThat(kept).containsOnlyKeys(first.id() + "-1", first.id() + "-2", second.id() + "-0");
    QuarantineEntry entry = entry(kept, second, 0);
    assertThat(UTF_8.decode(entry.quarantined().record().bytes()).toString())
        .isEqualTo("{\"id\":1}");
    assertThat(entry.quarantined().kept()).isEqualTo(BytesKept.WHOLE);
    assertThat(entry.quarantined().origin().source()).isEqualTo(second.manifest().source());
    assertThat(entry.quarantined().record().errorClass()).isEqualTo(ErrorClass.SCHEMA);
    assertThat(entry.quarantined().record().errors())
        .extracting(RecordError::kind)
        .contains("type id", "missing region");
    assertThat(entry.status()).isEqualTo(QuarantineStatus.OPEN);
    assertThat(entry.attempts()).isEqualTo(1);
    assertThat(entry.lastSeen()).isEqualTo(second.manifest().sourceModified());
    assertThat(snapshots()).isEqualTo(2);
  }

  @Test
  void settlesAReplayOnceAndTouchesNothingElse() {
    // Given
    quarantine.keep(List.of(first, second));
    LandedBatch replay = replay(List.of(1L, 2L), order("b", 1), "{\"id\":\"c\"}");

    // When
    quarantine.settle(replay, List.of());
    quarantine.settle(replay, List.of());

    // Then
    Map<String, QuarantineEntry> kept = lake.quarantined(pipeline);
    assertThat(kept).hasSize(3);
    assertThat(entry(kept, first, 1).status()).isEqualTo(QuarantineStatus.REPLAYED);
    assertThat(entry(kept, first, 1).standing().replay()).isEqualTo(replay.id().value());
    QuarantineEntry bad = entry(kept, first, 2);
    assertThat(bad.status()).isEqualTo(QuarantineStatus.STILL_BAD);
    assertThat(bad.attempts()).isEqualTo(2);
    assertThat(bad.lastSeen()).isEqualTo(replay.manifest().landedAt());
    assertThat(bad.quarantined().record().errors())
        .extracting(RecordError::kind)
        .containsExactly("missing region", "missing at");
    assertThat(UTF_8.decode(bad.quarantined().record().bytes()).toString()).isEqualTo("{}");
    assertThat(entry(kept, second, 0).status()).isEqualTo(QuarantineStatus.OPEN);
    assertThat(snapshots()).isEqualTo(2);
  }

  @Test
  void callsNoRecordBadThatAnotherReplayBroughtIn() {
    // Given
    quarantine.keep(List.of(first));
    quarantine.settle(replay(List.of(1L), order("b", 1)), List.of());

    // When
    quarantine.settle(replay(List.of(1L), "nonsense"), List.of());

    // Then
    QuarantineEntry entry = entry(lake.quarantined(pipeline), first, 1);
    assertThat(entry.status()).isEqualTo(QuarantineStatus.REPLAYED);
    assertThat(entry.attempts()).isEqualTo(2);
  }

  @Test
  void discardsWithAReasonAndLeavesWhatIsSettled() {
    // Given
    quarantine.keep(List.of(first, second));
    quarantine.settle(replay(List.of(1L), order("b", 1)), List.of());
    Set<String> all = lake.quarantined(pipeline).keySet();

    // When
    quarantine.discard(all, "test data", LATER);
    quarantine.discard(all, "another reason", LATER.plusSeconds(1));

    // Then
    Map<String, QuarantineEntry> kept = lake.quarantined(pipeline);
    assertThat(entry(kept, first, 1).status()).isEqualTo(QuarantineStatus.REPLAYED);
    for (QuarantineEntry entry : List.of(entry(kept, first, 2), entry(kept, second, 0))) {
      assertThat(entry.status()).isEqualTo(QuarantineStatus.DISCARDED);
      assertThat(entry.standing().reason()).isEqualTo("test data");
      assertThat(entry.standing().at()).isEqualTo(LATER);
    }
  }

  @Test
  void looksAgainWhenAnotherCommitsFirst() {
    // Given
    quarantine.keep(List.of(first));
    lake.catalog().beforeNextCommit(() -> lake.quarantine(pipeline).keep(List.of(second)));

    // When
    quarantine.discard(Set.of(first.id() + "-1"), "why not", LATER);

    // Then
    Map<String, QuarantineEntry> kept = lake.quarantined(pipeline);
    assertThat(kept).hasSize(3);
    assertThat(entry(kept, first, 1).status()).isEqualTo(QuarantineStatus.DISCARDED);
    assertThat(entry(kept, second, 0).status()).isEqualTo(QuarantineStatus.OPEN);
  }

  @Test
  void refusesABatchWhoseQuarantineFileIsGone() {
    // Given
    lake.store().remove(first.manifest().quarantine().getFirst().name());

    // Then
    assertThatThrownBy(() -> quarantine.keep(List.of(first)))
        .isInstanceOf(InvalidMessage.class)
        .hasMessageContaining("does not exist");
    assertThat(lake.quarantined(pipeline)).isEmpty();
  }

  private LandedBatch replay(List<Long> ordinals, String... lines) {
    return lake.replay(
        pipeline, List.of(new Replay.Part(first.manifest().source(), ordinals)), lines);
  }

  private static QuarantineEntry entry(
      Map<String, QuarantineEntry> kept, LandedBatch batch, long ordinal) {
    return Objects.requireNonNull(kept.get(batch.id() + "-" + ordinal));
  }

  private long snapshots() {
    Table table = lake.catalog().loadTable(TableIdentifier.of("curated", "orders_quarantine"));
    return StreamSupport.stream(table.snapshots().spliterator(), false).count();
  }
}
