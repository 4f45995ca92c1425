package io.sluice.land;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.batch.RecordError;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.port.ObjectStore;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.parquet.RawBatchWriter;
import io.sluice.formats.quarantine.Origin;
import io.sluice.formats.quarantine.QuarantineWriter;
import io.sluice.formats.quarantine.Redaction;
import io.sluice.formats.quarantine.RejectedRecord;
import io.sluice.formats.record.RecordReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the records of one batch into two files, each started at its first record. Nothing appears
 * in the store before {@link #finish}; closing without that leaves nothing behind.
 */
final class RecordSorter implements AutoCloseable {
  private final ObjectStore store;
  private final Pipeline pipeline;
  private final Contract accepting;
  private final BatchFiles files;
  private final Origin origin;
  private final RowRules rules;
  private final RawGates gates;
  private final ErrorCounts errors = new ErrorCounts();
  private @Nullable RawBatchWriter raw;
  private @Nullable QuarantineWriter quarantine;
  private long accepted;
  private long rejected;

  /**
   * Sorts records of {@code pipeline} into {@code files}.
   *
   * @param accepting what accepted records match: the contract, or what a format makes of it
   */
  RecordSorter(
      ObjectStore store, Pipeline pipeline, Contract accepting, BatchFiles files, Origin origin) {
    this.store = store;
    this.pipeline = pipeline;
    this.accepting = accepting;
    this.files = files;
    this.origin = origin;
    this.rules = new RowRules(pipeline, accepting);
    this.gates = new RawGates(pipeline, accepting);
  }

  /** Takes the record that {@code records} stands at. */
  void add(RecordReader records) {
    switch (records.decode()) {
      case Decoded.Accepted good -> {
        List<RecordError> broken = rules.check(good.row());
        if (broken.isEmpty()) {
          accept(records, good);
        } else {
          reject(records, new Decoded.Rejected(ErrorClass.RULE, broken));
        }
      }
      case Decoded.Rejected bad -> reject(records, bad);
    }
  }

  private void accept(RecordReader records, Decoded.Accepted good) {
    if (raw == null) {
      raw = new RawBatchWriter(store, files.raw(), accepting);
    }
    gates.count(good.row());
    raw.append(good.row(), records.ordinal());
    accepted++;
  }

  /**
   * Makes both files appear, raw first, and says what is in them.
   *
   * @param unknown how often fields were seen that the contract does not know
   */
  SplitBatch finish(Map<String, Long> unknown) {
    List<StoredFile> rawFiles = new ArrayList<>();
    List<StoredFile> quarantineFiles = new ArrayList<>();
    if (raw != null) {
      rawFiles.add(raw.complete());
    }
    if (quarantine != null) {
      quarantineFiles.add(quarantine.complete());
    }
    LandCounts counts = new LandCounts(accepted + rejected, accepted, rejected);
    return new SplitBatch.Complete(
        counts,
        gates.failure(counts).stream().toList(),
        errors.all(),
        unknown,
        rawFiles,
        quarantineFiles);
  }

  @Override
  public void close() {
    if (raw != null) {
      raw.close();
    }
    if (quarantine != null) {
      quarantine.close();
    }
  }

  private void reject(RecordReader records, Decoded.Rejected bad) {
    if (quarantine == null) {
      quarantine =
          new QuarantineWriter(
              store, files.quarantine(), origin, new Redaction(pipeline.ingestion().redact()));
    }
    quarantine.append(
        new RejectedRecord(
            records.ordinal(),
            records.line(),
            records.byteOffset(),
            ByteBuffer.wrap(records.bytes()),
            bad.errorClass(),
            bad.errors()));
    bad.errors().forEach(errors::add);
    rejected++;
  }
}
