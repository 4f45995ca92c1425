package io.sluice.formats.record;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.decode.JsonDecoder;
import io.sluice.formats.ndjson.NdjsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Newline-delimited JSON: a line is a record. */
public final class NdjsonRecords implements RecordReader {
  private static final Decoded OVERSIZED =
      new Decoded.Rejected(
          ErrorClass.SIZE,
          List.of(
              new RecordError(
                  "too_long",
                  "",
                  "at most " + NdjsonReader.MAX_RECORD_BYTES + " bytes",
                  "a longer record")));

  private final NdjsonReader lines;
  private final JsonDecoder decoder;

  /** The lines of {@code in}, held against {@code contract}. */
  public NdjsonRecords(InputStream in, Contract contract) {
    this.lines = new NdjsonReader(in);
    this.decoder = JsonDecoder.compile(contract);
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
    return lines.isOversized()
        ? OVERSIZED
        : decoder.decode(lines.buffer(), lines.start(), lines.length());
  }

  @Override
  public void close() {}
}
