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
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/**
 * Holds every manifest of a pipeline against the files it names: each position of the source, from
 * 0 to the number of records read, must stand exactly once in the accepted or the rejected records.
 */
final class ManifestAudit {
  private final ObjectStore store;
  private final FileIO io;
  private final Findings findings;

  ManifestAudit(ObjectStore store, FileIO io, Findings findings) {
    this.store = store;
    this.io = io;
    this.findings = findings;
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
      complete &= positions(manifest, "raw", file, "_ordinal", seen);
    }
    for (StoredFile file : manifest.quarantine()) {
      complete &= positions(manifest, "quarantine", file, "ordinal", seen);
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
  private boolean positions(
      Manifest manifest, String kind, StoredFile file, String column, BitSet seen) {
    Schema schema = new Schema(Types.NestedField.required(1, column, Types.LongType.get()));
    long rows = 0;
    try (CloseableIterable<Record> records =
        Parquet.read(io.newInputFile(file.name().toString()))
            .project(schema)
            .withNameMapping(MappingUtil.create(schema))
            .createReaderFunc(stored -> GenericParquetReaders.buildReader(schema, stored))
            .reuseContainers()
            .build()) {
      for (Record record : records) {
        rows++;
        mark(manifest, (Long) record.get(0), seen);
      }
    } catch (NotFoundException e) {
      findings.add(
          kind + "-file-missing",
          file.name(),
          "batch "
              + manifest.batch()
              + " of "
              + manifest.source()
              + " names it, and it is not there");
      return false;
    } catch (IOException | RuntimeException e) {
      findings.add(kind + "-file-unreadable", file.name(), String.valueOf(e.getMessage()));
      return false;
    }
    if (rows != file.rows()) {
      findings.add(
          kind + "-file-rows",
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
