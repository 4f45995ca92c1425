package io.sluice.formats.record;

import io.sluice.contracts.pipeline.Limits;
import io.sluice.core.batch.RecordError;
import io.sluice.formats.compress.UnreadableObject;
import io.sluice.formats.decode.Decoded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Records, no more than an object may have, and of each no more errors than are told. */
final class LimitedRecords implements RecordReader {
  private final RecordReader records;
  private final Limits limits;

  LimitedRecords(RecordReader records, Limits limits) {
    this.records = records;
    this.limits = limits;
  }

  @Override
  public boolean next() throws IOException {
    if (!records.next()) {
      return false;
    }
    if (records.ordinal() >= limits.rows()) {
      throw UnreadableObject.at(
          records.byteOffset(), "it has more than " + limits.rows() + " records");
    }
    return true;
  }

  @Override
  public long ordinal() {
    return records.ordinal();
  }

  @Override
  public long line() {
    return records.line();
  }

  @Override
  public long byteOffset() {
    return records.byteOffset();
  }

  @Override
  public byte[] bytes() {
    return records.bytes();
  }

  @Override
  public Decoded decode() {
    Decoded decoded = records.decode();
    return decoded instanceof Decoded.Rejected rejected
            && rejected.errors().size() > limits.errors()
        ? new Decoded.Rejected(rejected.errorClass(), first(rejected.errors()))
        : decoded;
  }

  private List<RecordError> first(List<RecordError> errors) {
    List<RecordError> first = new ArrayList<>(errors.subList(0, limits.errors()));
    int more = errors.size() - limits.errors() + 1;
    first.set(
        limits.errors() - 1,
        new RecordError("more", "", "at most " + limits.errors() + " errors", more + " more"));
    return first;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
