package io.sluice.iceberg.audit;

import static io.sluice.iceberg.lake.Orders.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.GateVerdictJson;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.Replay;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.iceberg.lake.Orders;
import io.sluice.iceberg.lake.TestLake;
import io.sluice.iceberg.table.IcebergTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

/** A clean lake of two published batches and one on audit, and one fault at a time. */
class AuditorTest {
  private final TestLake lake = new TestLake();
  private final Pipeline pipeline = Orders.declare(lake);
  private final IcebergTable table = lake.table(pipeline);
  private final LandedBatch first = lake.land(pipeline, "1", order("a", 1), "nonsense");
  private final LandedBatch second = lake.land(pipeline, "2", order("b", 1));
  private final LandedBatch third = lake.land(pipeline, "3", order("b", 2), order("c", 1));
  private final List<SnapshotId> snapshots = List.of(commit(first), commit(second), commit(third));

  AuditorTest() {
    lake.quarantine(pipeline).keep(List.of(first));
    publish(snapshots.get(0));
    publish(snapshots.get(1));
  }

  @Test
  void findsNothingWrongWithACleanLake() {
    // When
    AuditReport report = lake.audit(pipeline);

    // Then
    assertThat(report.findings()).isEmpty();
    assertThat(report.isClean()).isTrue();
    assertThat(report.batches()).isEqualTo(3);
    assertThat(report.snapshots()).isEqualTo(3);
    assertThat(report.rows()).isEqualTo(3);
    assertThat(report.total().landed()).isEqualTo(new LandCounts(5, 4, 1));
    assertThat(report.pending()).containsExactly(third.id().value());
  }

  @Test
  void namesARawFileThatIsGone() {
    lake.store().remove(raw(second).name());
    assertThatItFinds("raw-file-missing", raw(second).name());
  }

  @Test
  void namesARawFileThatIsBroken() {
    lake.store().put(raw(second).name(), "not Parquet at all, that is sure".getBytes(UTF_8));
    assertThatItFinds("raw-file-unreadable", raw(second).name());
  }

  @Test
  void namesAQuarantineFileThatIsGone() {
    lake.store().remove(first.manifest().quarantine().getFirst().name());
    assertThatItFinds("quarantine-file-missing", first.manifest().quarantine().getFirst().name());
  }

  @Test
  void namesABatchWhoseRejectedRecordsWereNotTakenIn() {
    lake.catalog().dropTable(TableIdentifier.of("curated", "orders_quarantine"), false);
    assertThatItFinds("quarantine-rows", first.id());
  }

  @Test
  void namesARejectedRecordThatIsInTwice() {
    Table foreign = lake.catalog().loadTable(TableIdentifier.of("curated", "orders_quarantine"));
    DataFile file =
        SnapshotChanges.builderFor(foreign)
            .snapshot(foreign.currentSnapshot())
            .build()
            .addedDataFiles()
            .iterator()
            .next();
    foreign.newAppend().appendFile(file).commit();
    assertThatItFinds("quarantine-twice", first.id() + "-1");
    assertThatItFinds("quarantine-rows", first.id());
  }

  @Test
  void namesARecordThatIsCalledReplayedAndIsNowhere() {
    lake.quarantine(pipeline).settle(replay(), List.of());
    assertThatItFinds("replayed-nowhere", first.id() + "-1");
  }

  @Test
  void namesAReplayThatWasNotSettled() {
    LandedBatch replay = replay();
    commit(replay);
    assertThatItFinds("replay-not-settled", replay.id());

    // Then
    lake.quarantine(pipeline).settle(replay, List.of());
    assertThat(lake.audit(pipeline).findings()).isEmpty();

    // When
    lake.store().remove(replay.manifest().source().name());
    assertThatItFinds("replay-missing", replay.manifest().source());
  }

  private LandedBatch replay() {
    return lake.replay(
        pipeline, List.of(new Replay.Part(first.manifest().source(), List.of(1L))), order("z", 9));
  }

  @Test
  void namesABatchOfWhichARecordIsInNeitherFile() {
    keep(first, new LandCounts(2, 2, 0), List.of(with(raw(first), 2)), List.of());
    assertThatItFinds("raw-file-rows", raw(first).name());
    assertThatItFinds("positions-missing", first.id());
    assertThatItFinds("account-differs", first.id());
  }

  @Test
  void namesABatchOfWhichARecordIsInTwice() {
    List<StoredFile> twice = List.of(raw(second), raw(second));
    keep(second, new LandCounts(2, 2, 0), twice, List.of());
    assertThatItFinds("position-twice", second.id());
    assertThatItFinds("positions-missing", second.id());
  }

  @Test
  void namesAManifestThatIsGone() {
    lake.store().remove(second.manifestName());
    assertThatItFinds("manifest-missing", second.id());
  }

  @Test
  void namesAManifestThatCannotBeRead() {
    lake.store().put(second.manifestName(), "{}".getBytes(UTF_8));
    assertThatItFinds("manifest-unreadable", second.manifestName());
  }

  @Test
  void namesASnapshotThatSomebodyElseMade() {
    Table foreign = lake.foreign(pipeline);
    foreign.newAppend().toBranch("audit").appendFile(file(snapshots.get(0))).commit();
    assertThatItFinds(
        "stranger-snapshot", Objects.requireNonNull(foreign.refs().get("audit")).snapshotId());
    assertThatItFinds("key-twice", "id=a, region=eu");
    assertThatItFinds("rows-of-batch", first.id());
  }

  @Test
  void namesRowsThatSomebodyTookAway() {
    Table foreign = lake.foreign(pipeline);
    foreign.newDelete().toBranch("audit").deleteFile(file(snapshots.get(1))).commit();
    assertThatItFinds("rows-of-batch", second.id());
  }

  @Test
  void namesADataFileThatIsGone() {
    lake.store().remove(ObjectName.parse(file(snapshots.get(1)).location()));
    assertThatItFinds("data-file-missing", "snapshot " + snapshots.get(2));
  }

  @Test
  void namesMainWhereItIsPastAudit() {
    lake.foreign(pipeline).newAppend().appendFile(file(snapshots.get(0))).commit();
    long main = lake.foreign(pipeline).currentSnapshot().snapshotId();
    assertThatItFinds("main-past-audit", main);
    assertThatItFinds("stranger-snapshot", main);
    assertThatItFinds("key-twice", "id=a, region=eu");
  }

  @Test
  void namesASnapshotThatWasPublishedWithoutAVerdict() {
    table.publish(snapshots.get(2));
    assertThatItFinds("published-unaudited", snapshots.get(2));
  }

  @Test
  void namesAPublicationWithoutItsTag() {
    lake.foreign(pipeline).manageSnapshots().removeTag("audited-" + snapshots.get(1)).commit();
    assertThatItFinds("tag-missing", snapshots.get(1));
  }

  @Test
  void namesABatchThatIsInTwoSnapshots() {
    Table foreign = lake.foreign(pipeline);
    var summary = foreign.snapshot(snapshots.get(1).value()).summary();
    var append = foreign.newAppend().toBranch("audit");
    summary.forEach(
        (name, value) -> {
          if (name.startsWith("sluice.")) {
            append.set(name, value);
          }
        });
    append.commit();
    assertThatItFinds("batch-twice", second.id());
    assertThatItFinds(
        "rows-not-accounted", Objects.requireNonNull(foreign.refs().get("audit")).snapshotId());
  }

  @Test
  void namesAnAccountThatDoesNotAddUp() {
    Table foreign = lake.foreign(pipeline);
    LandedBatch fourth = lake.land(pipeline, "4", order("d", 1));
    foreign
        .newAppend()
        .toBranch("audit")
        .set("sluice.code", "test")
        .set(
            "sluice.batch." + fourth.id(),
            "read=1 rejected=0 inserted=0 updated=0 deleted=0 duplicate=0 superseded=0"
                + " conflicting=0")
        .commit();
    assertThatItFinds("not-conserved", fourth.id());
  }

  private SnapshotId commit(LandedBatch batch) {
    CommitOutcome outcome = table.commit(table.stage(table.head(), List.of(batch)));
    return ((CommitOutcome.Committed) outcome).snapshot();
  }

  private void publish(SnapshotId snapshot) {
    GateVerdict verdict =
        new GateVerdict(
            pipeline.name(),
            snapshot,
            1,
            GateOutcome.PUBLISHED,
            List.of(),
            lake.now(),
            TestLake.CODE);
    lake.store()
        .put(lake.layout().verdict(pipeline.name(), snapshot), GateVerdictJson.write(verdict));
    table.publish(snapshot);
  }

  private void keep(
      LandedBatch batch, LandCounts counts, List<StoredFile> raw, List<StoredFile> quarantine) {
    Manifest before = batch.manifest();
    lake.keep(
        new Manifest(
            before.batch(),
            before.pipeline(),
            before.source(),
            before.sourceBytes(),
            before.sourceModified(),
            before.landedAt(),
            before.contract(),
            before.code(),
            before.status(),
            counts,
            before.errors(),
            before.unknown(),
            raw,
            quarantine));
  }

  private static StoredFile raw(LandedBatch batch) {
    return batch.manifest().raw().getFirst();
  }

  private static StoredFile with(StoredFile file, long rows) {
    return new StoredFile(file.name(), rows, file.sizeBytes());
  }

  private DataFile file(SnapshotId snapshot) {
    Table foreign = lake.foreign(pipeline);
    SnapshotChanges changes =
        SnapshotChanges.builderFor(foreign).snapshot(foreign.snapshot(snapshot.value())).build();
    List<DataFile> files = new ArrayList<>();
    changes.addedDataFiles().forEach(files::add);
    return files.getFirst();
  }

  private void assertThatItFinds(String code, Object subject) {
    assertThat(lake.audit(pipeline).findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.code()).isEqualTo(code);
              assertThat(finding.subject()).isEqualTo(subject.toString());
            });
  }
}
