package io.sluice.formats.record;

import io.sluice.formats.decode.Decoded;
import io.sluice.formats.record.RecordSource.Rendered;
import io.sluice.formats.rendering.JsonLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The records of any source, held against a contract. */
final class DecodedRecords implements RecordReader {
  private final RecordSource source;
  private final BytesDecoder decoder;
  private final JsonLimits limits;

  DecodedRecords(RecordSource source, BytesDecoder decoder, JsonLimits limits) {
    this.source = source;
    this.decoder = decoder;
    this.limits = limits;
  }

  @Override
  public boolean next() throws IOException {
    return source.next();
  }

  @Override
  public long ordinal() {
    return source.ordinal();
  }

  @Override
  public long line() {
    return source.line();
  }

  @Override
  public long byteOffset() {
    return source.byteOffset();
  }

  @Override
  public byte[] bytes() {
    return source.bytes();
  }

  @Override
  public Decoded decode() {
    return switch (source.rendered()) {
      case Rendered.Broken broken -> broken.reason();
      case Rendered.Json json -> decode(json.bytes());
    };
  }

  private Decoded decode(ByteBuffer json) {
    byte[] bytes = json.array();
    int start = json.arrayOffset() + json.position();
    Optional<Decoded.Rejected> broken = limits.broken(bytes, start, json.remaining());
    return broken.isPresent() ? broken.get() : decoder.decode(bytes, start, json.remaining());
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  /** What becomes of one record's JSON. */
  @FunctionalInterface
  interface BytesDecoder {
    /** Decodes {@code length} bytes from {@code start}. */
    Decoded decode(byte[] bytes, int start, int length);
  }
}
