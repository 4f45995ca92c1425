package io.sluice.curate;

import static io.sluice.iceberg.lake.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.SnapshotAudited;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.verdict.Curated;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much of a drain becomes one snapshot. */
class DrainTest {
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);
  private final InMemoryQueue<SnapshotAudited> gate = new InMemoryQueue<>();
  private final Recorded table = new Recorded();

  @Test
  void makesSnapshotsOfSoManyRecordsAtMostOldestBatchesFirst() {
    // Given
    List<LandedBatch> batches =
        List.of(batch(1, 400_000), batch(2, 600_000), batch(3, 1), batch(4, 999_999));

    // When
    curation().curate(batches.reversed());

    // Then
    assertThat(table.snapshots)
        .containsExactly(
            List.of(batches.get(0).id(), batches.get(1).id()),
            List.of(batches.get(3).id(), batches.get(2).id()));
    assertThat(gate.announced()).hasSize(2);
  }

  @Test
  void neverSplitsABatchHoweverLargeItIs() {
    // Given
    List<LandedBatch> batches =
        IntStream.range(0, 10).mapToObj(i -> batch(i, 2 * Drain.MOST_RECORDS)).toList();

    // When
    curation().curate(batches);

    // Then
    assertThat(table.snapshots)
        .containsExactlyElementsOf(batches.stream().map(batch -> List.of(batch.id())).toList());
    assertThat(gate.announced()).hasSize(10);
  }

  @Test
  void saysOfEveryBatchWhichSnapshotItIsIn() {
    // Given
    List<LandedBatch> batches = List.of(batch(1, 600_000), batch(2, 600_000));
    curation().curate(batches.subList(0, 1));

    // Then
    assertThat(curation().curate(batches))
        .hasExactlyElementsOfTypes(Curated.AlreadyCommitted.class, Curated.Committed.class);
  }

  @Test
  void waitsUntilTheBatchThatLandedFirstIsOldEnough() {
    // Given
    LandedBatch first = batch(1, 10);
    LandedBatch second = batch(2, 10);
    Instant landed = first.manifest().landedAt();

    // Then
    assertThat(wait(landed.plusSeconds(100), second, first)).isEqualTo(Duration.ofSeconds(200));
    assertThat(wait(landed.plusSeconds(300), second, first)).isZero();
    assertThat(wait(landed.plusSeconds(9000), first)).isZero();
  }

  @Test
  void neverWaitsLongerThanTheIntervalWhateverTheClocksSay() {
    // Given
    LandedBatch batch = batch(1, 10);

    // Then
    assertThat(wait(batch.manifest().landedAt().minusSeconds(7000), batch)).isEqualTo(INTERVAL);
  }

  @Test
  void waitsForNothingWhenNoMoreWouldFit() {
    // Given
    LandedBatch[] ten =
        IntStream.range(0, 10).mapToObj(i -> batch(i, 10)).toArray(LandedBatch[]::new);
    LandedBatch large = batch(11, Drain.MOST_RECORDS);

    // Then
    assertThat(wait(ten[0].manifest().landedAt(), ten)).isZero();
    assertThat(wait(large.manifest().landedAt(), large)).isZero();
  }

  private static Duration wait(Instant now, LandedBatch... batches) {
    return Drain.wait(List.of(batches), INTERVAL, now);
  }

  private Curation curation() {
    return new Curation(
        pipeline.name(), table, lake.quarantine(pipeline), lake.batches(pipeline), gate);
  }

  /** A batch that says it has so many records. */
  private LandedBatch batch(int number, long records) {
    Manifest small = lake.land(pipeline, "" + number, order("a", number)).manifest();
    StoredFile raw = small.raw().getFirst();
    return lake.keep(
        new Manifest(
            small.batch(),
            small.pipeline(),
            small.source(),
            small.sourceBytes(),
            small.sourceModified(),
            small.landedAt(),
            small.contract(),
            small.code(),
            small.status(),
            new LandCounts(records, records, 0),
            small.errors(),
            small.unknown(),
            List.of(new StoredFile(raw.name(), records, raw.sizeBytes())),
            List.of()));
  }

  /** A table that keeps nothing but which batches made a snapshot together. */
  private static final class Recorded implements CuratedTable {
    private final List<List<BatchId>> snapshots = new ArrayList<>();

    private record Merge(List<BatchId> batches) implements StagedMerge {
      @Override
      public Map<BatchId, BatchAccount> accounts() {
        return Map.of();
      }
    }

    @Override
    public AuditHead head() {
      List<List<BatchId>> seen = List.copyOf(snapshots);
      return new AuditHead() {
        @Override
        public Optional<SnapshotId> commitOf(BatchId batch) {
          return IntStream.range(0, seen.size())
              .filter(i -> seen.get(i).contains(batch))
              .mapToObj(i -> new SnapshotId(i + 1))
              .findFirst();
        }

        @Override
        public boolean isWithheld(BatchId batch) {
          return false;
        }

        @Override
        public Optional<SnapshotId> releasedFrom(BatchId batch) {
          return Optional.empty();
        }
      };
    }

    @Override
    public StagedMerge stage(AuditHead head, List<LandedBatch> batches) {
      return new Merge(batches.stream().map(LandedBatch::id).toList());
    }

    @Override
    public List<StoredFile> conflicts(SnapshotId snapshot) {
      return List.of();
    }

    @Override
    public CommitOutcome commit(StagedMerge merge) {
      snapshots.add(((Merge) merge).batches());
      return new CommitOutcome.Committed(new SnapshotId(snapshots.size()));
    }
  }
}
