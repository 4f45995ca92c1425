package io.sluice.formats.avro;

import io.sluice.contracts.pipeline.Limits;
import io.sluice.formats.compress.UnreadableObject;
import io.sluice.formats.record.Faults;
import io.sluice.formats.record.RecordSource;
import io.sluice.formats.rendering.JsonBytes;
import java.io.IOException;

/**
 * Goes from record to record through the blocks of a container file. A record's offset is that of
 * its block, and it is in no line.
 */
abstract class BlockRecords implements RecordSource {
  private final AvroBlocks blocks;
  private final Limits limits;
  private final JsonBytes json;
  private AvroCursor block;
  private long left;
  private long ordinal = -1;
  private int start;

  BlockRecords(AvroBlocks blocks, Limits limits) {
    this.blocks = blocks;
    this.limits = limits;
    this.json = new JsonBytes(limits.recordBytes());
    this.block = new AvroCursor(new byte[0], limits.depth());
  }

  /** Reads a record to its end. */
  abstract void read(AvroCursor record) throws IOException;

  @Override
  public boolean next() throws IOException {
    if (left == 0) {
      if (block.remaining() > 0) {
        throw unreadable("its block is longer than its records");
      }
      block = new AvroCursor(blocks.next(), limits.depth());
      left = blocks.count();
      if (left == 0) {
        return false;
      }
    }
    left--;
    ordinal++;
    start = block.position();
    try {
      read(block);
    } catch (IOException e) {
      throw unreadable("of a block, " + e.getMessage());
    }
    return true;
  }

  @Override
  public final long ordinal() {
    return ordinal;
  }

  @Override
  public final long line() {
    return 0;
  }

  @Override
  public final long byteOffset() {
    return blocks.blockPosition();
  }

  /** The record's bytes. */
  final byte[] encoded() {
    return block.slice(start, block.position());
  }

  /** Writes a value as JSON, which {@link #json} then is. */
  final void render(ValueRenderer renderer, AvroCursor value) throws IOException {
    json.clear();
    renderer.render(value, json);
  }

  /** Whether the JSON is longer than a record may be. */
  final boolean isTooLong() {
    return json.isOverflown();
  }

  /** What was rendered last. */
  final Rendered json() {
    return json.isOverflown()
        ? Faults.tooLong(limits.recordBytes())
        : new Rendered.Json(json.written());
  }

  final UnreadableObject unreadable(String reason) {
    return blocks.unreadable(reason);
  }
}
