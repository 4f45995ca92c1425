package io.sluice.iceberg.audit;

import io.sluice.contracts.wire.ManifestJson;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.port.ObjectStore;
import io.sluice.formats.quarantine.QuarantineFile;
import io.sluice.iceberg.merge.RawRows;
import io.sluice.iceberg.schema.TableShape;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;

/**
 * Holds every manifest of a pipeline against the files it names: each position of the source, from
 * 0 to the number of records read, must stand exactly once in the accepted or the rejected records.
 */
final class ManifestAudit {
  private final ObjectStore store;
  private final LandedFile raw;
  private final LandedFile quarantine;
  private final Findings findings;

  ManifestAudit(ObjectStore store, Table table, Findings findings) {
    this.store = store;
    this.raw = new LandedFile("raw", table.io(), table.schema(), TableShape.ORDINAL);
    this.quarantine =
        new LandedFile(
            "quarantine", table.io(), TableShape.columns(QuarantineFile.schema()), "ordinal");
    this.findings = findings;
  }

  /** A kind of file that land writes, and the column with its records' positions. */
  private static final class LandedFile {
    private final String name;
    private final RawRows rows;
    private final Schema positions;

    LandedFile(String name, FileIO io, Schema schema, String column) {
      this.name = name;
      this.rows = new RawRows(io, schema);
      this.positions = schema.select(column);
    }
  }

  /** All manifests of {@code pipeline} that can be read, by batch. */
  Map<BatchId, Manifest> run(PipelineName pipeline, Layout layout) {
    Map<BatchId, Manifest> manifests = new TreeMap<>();
    store.list(
        layout.lakeBucket(),
        Layout.rawPrefix(pipeline),
        object -> {
          ObjectName name = object.source().name();
          if (Layout.isManifest(name.key())) {
            read(name).ifPresent(manifest -> manifests.put(manifest.batch(), manifest));
          }
        });
    manifests.values().forEach(this::check);
    return manifests;
  }

  private Optional<Manifest> read(ObjectName name) {
    try {
      return store.read(name, ManifestJson.MAX_BYTES).map(ManifestJson::read);
    } catch (InvalidMessage e) {
      findings.add("manifest-unreadable", name, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void check(Manifest manifest) {
    if (manifest.status() instanceof LandStatus.Rejected) {
      return;
    }
    BitSet seen = new BitSet();
    boolean complete = true;
    for (StoredFile file : manifest.raw()) {
      complete &= positions(manifest, raw, file, seen);
    }
    for (StoredFile file : manifest.quarantine()) {
      complete &= positions(manifest, quarantine, file, seen);
    }
    if (complete
        && (seen.cardinality() != manifest.counts().read()
            || seen.length() != manifest.counts().read())) {
      findings.add(
          "positions-missing",
          manifest.batch(),
          String.format(
              "%s had %d records, %d of them are in raw or quarantine",
              manifest.source(), manifest.counts().read(), seen.cardinality()));
    }
  }

  /** Marks the positions that {@code file} holds; says whether it could be read. */
  private boolean positions(Manifest manifest, LandedFile kind, StoredFile file, BitSet seen) {
    long rows = 0;
    try (CloseableIterable<Record> records = kind.rows.read(file, kind.positions)) {
      for (Record record : records) {
        rows++;
        mark(manifest, (Long) record.get(0), seen);
      }
    } catch (InvalidMessage | NotFoundException e) {
      findings.add(
          kind.name + "-file-missing",
          file.name(),
          "batch "
              + manifest.batch()
              + " of "
              + manifest.source()
              + " names it, and it is not there");
      return false;
    } catch (IOException | RuntimeException e) {
      findings.add(kind.name + "-file-unreadable", file.name(), String.valueOf(e.getMessage()));
      return false;
    }
    if (rows != file.rows()) {
      findings.add(
          kind.name + "-file-rows",
          file.name(),
          "it holds " + rows + " records, its manifest says " + file.rows());
    }
    return true;
  }

  private void mark(Manifest manifest, long position, BitSet seen) {
    if (position < 0 || position >= manifest.counts().read() || position > Integer.MAX_VALUE) {
      findings.add("position-invalid", manifest.batch(), "a record has position " + position);
    } else if (seen.get((int) position)) {
      findings.add("position-twice", manifest.batch(), "two records have position " + position);
    } else {
      seen.set((int) position);
    }
  }

  /** The batches whose records must be in the table. */
  static List<BatchId> announced(Map<BatchId, Manifest> manifests) {
    return manifests.values().stream()
        .filter(manifest -> manifest.status() instanceof LandStatus.Accepted)
        .map(Manifest::batch)
        .toList();
  }
}
