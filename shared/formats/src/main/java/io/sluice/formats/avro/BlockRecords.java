package io.sluice.formats.avro;

import io.sluice.formats.compress.UnreadableObject;
import java.io.IOException;

/** Goes from record to record through the blocks of a container file. */
final class BlockRecords {
  private final AvroBlocks blocks;
  private final int maxDepth;
  private AvroCursor block;
  private long left;
  private long ordinal = -1;
  private int start;

  BlockRecords(AvroBlocks blocks, int maxDepth) {
    this.blocks = blocks;
    this.maxDepth = maxDepth;
    this.block = new AvroCursor(new byte[0], maxDepth);
  }

  /** Where the next record starts, to be read to its end; empty when there is none. */
  boolean next() throws IOException {
    if (left == 0) {
      if (block.remaining() > 0) {
        throw blocks.unreadable("its block is longer than its records");
      }
      block = new AvroCursor(blocks.next(), maxDepth);
      left = blocks.count();
      if (left == 0) {
        return false;
      }
    }
    left--;
    ordinal++;
    start = block.position();
    return true;
  }

  /** The block that the record is in. */
  AvroCursor block() {
    return block;
  }

  long ordinal() {
    return ordinal;
  }

  /** Where the block starts in the object. */
  long blockPosition() {
    return blocks.blockPosition();
  }

  /** What was read of the block since {@link #next}. */
  byte[] bytes() {
    return block.slice(start, block.position());
  }

  UnreadableObject unreadable(String reason) {
    return blocks.unreadable(reason);
  }
}
