package io.sluice.formats.record;

import io.sluice.formats.framing.Framing;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Records that are JSON already. */
public final class JsonRecords implements RecordSource {
  private final Framing framing;
  private final int maxRecordBytes;

  /** The records that {@code framing} finds. */
  public JsonRecords(Framing framing, int maxRecordBytes) {
    this.framing = framing;
    this.maxRecordBytes = maxRecordBytes;
  }

  @Override
  public boolean next() throws IOException {
    return framing.next();
  }

  @Override
  public long ordinal() {
    return framing.ordinal();
  }

  @Override
  public long line() {
    return framing.line();
  }

  @Override
  public long byteOffset() {
    return framing.byteOffset();
  }

  @Override
  public byte[] bytes() {
    return framing.bytes();
  }

  @Override
  public Rendered rendered() {
    return switch (framing.fault()) {
      case TOO_LONG -> Faults.tooLong(maxRecordBytes);
      case UNCLOSED, QUOTE -> Faults.unparseable("json", "a JSON object", "one that is not closed");
      case NONE ->
          new Rendered.Json(ByteBuffer.wrap(framing.buffer(), framing.start(), framing.length()));
    };
  }
}
