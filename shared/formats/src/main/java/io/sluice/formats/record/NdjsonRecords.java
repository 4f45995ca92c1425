package io.sluice.formats.record;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.pipeline.Limits;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.decode.JsonDecoder;
import io.sluice.formats.decode.UnknownFields;
import io.sluice.formats.ndjson.NdjsonReader;
import io.sluice.formats.rendering.JsonLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Newline-delimited JSON: a line is a record. */
public final class NdjsonRecords implements RecordReader {
  private final NdjsonReader lines;
  private final JsonDecoder decoder;
  private final JsonLimits limits;
  private final int maxRecordBytes;

  /** The lines of {@code in}, held against {@code contract}. */
  public NdjsonRecords(InputStream in, Contract contract, Limits limits) {
    this(in, contract, limits, new UnknownFields());
  }

  /** The same, which counts unknown fields in {@code unknown}. */
  NdjsonRecords(InputStream in, Contract contract, Limits limits, UnknownFields unknown) {
    this.lines = new NdjsonReader(in, limits.recordBytes());
    this.decoder = JsonDecoder.compile(contract, unknown);
    this.limits = new JsonLimits(limits);
    this.maxRecordBytes = limits.recordBytes();
  }

  @Override
  public boolean next() throws IOException {
    return lines.next();
  }

  @Override
  public long ordinal() {
    return lines.ordinal();
  }

  @Override
  public long line() {
    return lines.line();
  }

  @Override
  public long byteOffset() {
    return lines.byteOffset();
  }

  @Override
  public byte[] bytes() {
    return lines.bytes();
  }

  @Override
  public Decoded decode() {
    if (lines.isOversized()) {
      return Faults.tooLong(maxRecordBytes).reason();
    }
    Optional<Decoded.Rejected> broken =
        limits.broken(lines.buffer(), lines.start(), lines.length());
    return broken.isPresent()
        ? broken.get()
        : decoder.decode(lines.buffer(), lines.start(), lines.length());
  }

  @Override
  public void close() {}
}
