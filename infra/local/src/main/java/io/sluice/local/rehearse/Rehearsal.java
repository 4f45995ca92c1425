package io.sluice.local.rehearse;

import io.sluice.contracts.compatibility.Compatibility;
import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.rule.BatchRules;
import io.sluice.contracts.rule.GenericRecordValues;
import io.sluice.contracts.wire.Manifests;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.RecordError;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.decode.RecordDecoder;
import io.sluice.formats.parquet.BytesFile;
import io.sluice.formats.parquet.ParquetFiles;
import io.sluice.formats.parquet.RawBatchWriter;
import io.sluice.formats.quarantine.QuarantineFile;
import io.sluice.formats.quarantine.QuarantinedRecord;
import io.sluice.local.lake.LakeView;
import io.sluice.local.rehearse.RehearsalReport.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/**
 * Lands every batch of a pipeline once more in thought, under another contract: first its accepted
 * records, as raw batches have them, then its rejected ones, as they came. A field that no contract
 * knew when a batch landed is not in its raw batch, and so counts as missing.
 */
public final class Rehearsal {
  /** Files are read whole; land writes none that is nearly so large. */
  private static final int MAX_FILE_BYTES = 1 << 30;

  private final LakeView lake;
  private final Contract proposed;
  private final RecordDecoder decoder;
  private final RecordJson json;
  private final Map<String, Finding> failures = new TreeMap<>();
  private final Map<String, Finding> cured = new TreeMap<>();
  private long accepted;
  private long failing;
  private long quarantined;
  private long passing;

  private Rehearsal(LakeView lake, Contract proposed) {
    this.lake = lake;
    this.proposed = proposed;
    this.decoder = RecordDecoder.compile(proposed);
    this.json = new RecordJson(proposed.schema());
  }

  /** What would change if {@code proposed} took the place of {@code present} in {@code lake}. */
  public static RehearsalReport of(LakeView lake, Pipeline present, Pipeline proposed) {
    Rehearsal rehearsal = new Rehearsal(lake, proposed.contract());
    List<Manifest> manifests = manifests(lake, present);
    manifests.forEach(rehearsal::land);
    return new RehearsalReport(
        Compatibility.of(present.contract(), proposed.contract()),
        manifests.size(),
        rehearsal.accepted,
        rehearsal.failing,
        rehearsal.failures,
        rehearsal.quarantined,
        rehearsal.passing,
        rehearsal.cured);
  }

  private static List<Manifest> manifests(LakeView lake, Pipeline pipeline) {
    List<ObjectName> names = new ArrayList<>();
    lake.store()
        .list(
            lake.layout().lakeBucket(),
            Layout.rawPrefix(pipeline.name()),
            object -> {
              if (Layout.isManifest(object.source().name().key())) {
                names.add(object.source().name());
              }
            });
    Manifests manifests = new Manifests(lake.store());
    return names.stream().flatMap(name -> manifests.find(name).stream()).toList();
  }

  private void land(Manifest manifest) {
    BatchRules rules = BatchRules.compile(proposed, RecordDecoder.MAX_ERRORS);
    GenericRecordValues values = new GenericRecordValues(proposed.schema(), rules.fields());
    try {
      for (StoredFile file : manifest.raw()) {
        ParquetFiles.forEach(
            content(file), record -> accepted(manifest, record, errors(record, rules, values)));
      }
      for (StoredFile file : manifest.quarantine()) {
        QuarantineFile.read(content(file), record -> quarantined(record, rules, values));
      }
    } catch (IOException e) {
      throw new TransientFailure(
          "Cannot read batch " + manifest.batch() + ": " + e.getMessage(), e);
    }
  }

  private BytesFile content(StoredFile file) {
    return new BytesFile(
        lake.store()
            .read(file.name(), MAX_FILE_BYTES)
            .orElseThrow(
                () -> new TransientFailure("Cannot read " + file.name() + ": it is gone")));
  }

  private void accepted(Manifest manifest, GenericRecord record, List<RecordError> errors) {
    accepted++;
    if (!errors.isEmpty()) {
      failing++;
      count(failures, errors, manifest.batch() + "-" + record.get(RawBatchWriter.ORDINAL));
    }
  }

  private void quarantined(
      QuarantinedRecord quarantined, BatchRules rules, GenericRecordValues values) {
    this.quarantined++;
    if (quarantined.record().errorClass() == ErrorClass.SIZE) {
      return;
    }
    byte[] bytes = new byte[quarantined.record().bytes().remaining()];
    quarantined.record().bytes().duplicate().get(bytes);
    if (errors(bytes, rules, values).isEmpty()) {
      passing++;
      count(cured, quarantined.record().errors(), quarantined.id());
    }
  }

  private List<RecordError> errors(
      GenericRecord record, BatchRules rules, GenericRecordValues values) {
    try {
      return errors(json.of(record), rules, values);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory can always be written", e);
    }
  }

  private List<RecordError> errors(byte[] bytes, BatchRules rules, GenericRecordValues values) {
    return switch (decoder.decode(bytes, 0, bytes.length)) {
      case Decoded.Accepted good -> rules.check(values.of(good.record()));
      case Decoded.Rejected bad -> bad.errors();
    };
  }

  private static void count(Map<String, Finding> findings, List<RecordError> errors, String id) {
    for (RecordError error : errors) {
      Finding first = new Finding(1, id, error.expected(), error.found());
      findings.merge(error.kind(), first, (seen, another) -> seen.again());
    }
  }
}
