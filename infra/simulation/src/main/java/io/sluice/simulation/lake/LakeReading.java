package io.sluice.simulation.lake;

import io.sluice.contracts.wire.ManifestJson;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.port.AuditedTable.AuditSnapshot;
import io.sluice.iceberg.audit.AuditReport;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.branch.Withheld;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import io.sluice.iceberg.read.TableReader;
import io.sluice.iceberg.read.TableReader.RowFormat;
import io.sluice.simulation.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/** A lake as somebody sees it who only reads. */
public final class LakeReading {
  private final World world;

  /** That of {@code world}. */
  public LakeReading(World world) {
    this.world = world;
  }

  /**
   * A snapshot.
   *
   * @param parents the snapshot that it stands on; none where it is the first
   * @param isOurs whether Sluice made it
   */
  public record Node(
      long id,
      List<Long> parents,
      boolean isOurs,
      AuditSnapshot content,
      Map<String, String> said) {}

  /** Every manifest, by where it is. */
  public Map<ObjectName, Manifest> manifests() {
    Map<ObjectName, Manifest> manifests = new LinkedHashMap<>();
    world
        .store()
        .list(
            "lake",
            Layout.rawPrefix(world.pipeline().name()),
            object -> {
              ObjectName name = object.source().name();
              if (Layout.isManifest(name.key())) {
                manifests.put(
                    name,
                    ManifestJson.read(
                        world.store().read(name, ManifestJson.MAX_BYTES).orElseThrow()));
              }
            });
    return manifests;
  }

  private Optional<TableMetadata> metadata() {
    return world.catalog().metadata(SimulatedCatalog.identifier(world.pipeline().table()));
  }

  /** The batches that gates took off audit. */
  public Withheld withheld() {
    return Withheld.read(metadata().map(TableMetadata::properties).orElse(Map.of()));
  }

  /** Every snapshot, oldest first. */
  public List<Node> snapshots() {
    return metadata().map(TableMetadata::snapshots).orElse(List.of()).stream()
        .sorted(Comparator.comparingLong(Snapshot::sequenceNumber))
        .map(LakeReading::node)
        .toList();
  }

  private static Node node(Snapshot snapshot) {
    Long parent = snapshot.parentId();
    return new Node(
        snapshot.snapshotId(),
        parent == null ? List.of() : List.of(parent),
        Summaries.isOurs(snapshot),
        Summaries.read(snapshot),
        snapshot.summary());
  }

  /** The snapshots of main, newest first. */
  public List<Long> main() {
    return branch(Branches.MAIN);
  }

  /** The snapshots of audit, newest first. */
  public List<Long> audit() {
    boolean exists = metadata().filter(each -> each.ref(Branches.AUDIT) != null).isPresent();
    return branch(exists ? Branches.AUDIT : Branches.MAIN);
  }

  private List<Long> branch(String name) {
    return metadata()
        .map(each -> Watch.ancestry(each, name).stream().map(Snapshot::snapshotId).toList())
        .orElse(List.of());
  }

  /** The head of audit. */
  public Optional<SnapshotId> auditHead() {
    return audit().stream().map(SnapshotId::new).findFirst();
  }

  /** The head of audit, if main is not there. */
  public Optional<SnapshotId> unpublished() {
    return auditHead().filter(head -> !main().contains(head.value()));
  }

  /** The snapshots of audit that main lacks. */
  public List<SnapshotId> awaiting() {
    List<Long> awaiting = new ArrayList<>(audit());
    awaiting.removeAll(main());
    return awaiting.stream().map(SnapshotId::new).toList();
  }

  /** The judgements of a snapshot, oldest first. */
  public List<GateVerdict> judgements(long snapshot) {
    return world.verdicts().history(new SnapshotId(snapshot));
  }

  /** The table of rejected records, in order of their ids. */
  public List<QuarantineEntry> rejected() {
    List<QuarantineEntry> entries = new ArrayList<>();
    world
        .faults()
        .suspended(
            () ->
                world
                    .tables()
                    .quarantine(world.pipeline())
                    .ifPresent(reader -> reader.forEach(entries::add)));
    entries.sort(Comparator.comparing(QuarantineEntry::id));
    return entries;
  }

  private Optional<TableReader> reader() {
    return world.tables().reader(world.pipeline());
  }

  /** The rows of a branch, in order of their text. */
  public List<String> rows(String branch) {
    return reader()
        .map(
            reader -> {
              ByteArrayOutputStream out = new ByteArrayOutputStream();
              reader.resolve(branch).ifPresent(snapshot -> write(reader, snapshot, out));
              return out.toString(StandardCharsets.UTF_8).lines().sorted().toList();
            })
        .orElse(List.of());
  }

  private static void write(TableReader reader, SnapshotId snapshot, ByteArrayOutputStream out) {
    try {
      reader.write(snapshot, RowFormat.NDJSON, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an auditor says who reads only the lake. */
  public Optional<AuditReport> audited() {
    return reader().map(reader -> reader.audit(world.store(), world.layout()));
  }
}
