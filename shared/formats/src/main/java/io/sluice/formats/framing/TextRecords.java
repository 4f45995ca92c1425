package io.sluice.formats.framing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What all framings share: where the current record is, and how one beyond its limit is kept. */
abstract class TextRecords implements Framing {
  /** 64 KiB: how much of an oversized record is kept, enough to see what it is. */
  static final int OVERSIZED_KEPT_BYTES = 64 << 10;

  private final StreamWindow window;
  private final int maxRecordBytes;
  private boolean started;

  private long ordinal = -1;
  private long line;
  private long byteOffset;
  private int length;
  private Fault fault = Fault.NONE;
  private byte[] kept = new byte[0];

  /** The bytes of the record that the window is to leave behind before the next one. */
  private int behind;

  TextRecords(InputStream in, int maxRecordBytes) {
    this.window = new StreamWindow(in);
    this.maxRecordBytes = maxRecordBytes;
  }

  @Override
  public final boolean next() throws IOException {
    window.move(behind);
    behind = 0;
    if (!started) {
      started = true;
      if (window.at(0) == 0xEF && window.at(1) == 0xBB && window.at(2) == 0xBF) {
        window.move(3);
      }
    }
    if (!find()) {
      return false;
    }
    ordinal++;
    return true;
  }

  /**
   * Goes to the next record, which {@link #take} or {@link #takeOversized} tells; false at none.
   */
  abstract boolean find() throws IOException;

  final StreamWindow window() {
    return window;
  }

  final int maxRecordBytes() {
    return maxRecordBytes;
  }

  /** The record is the window's first bytes; {@code behind} as many with what ends it. */
  final void take(int recordLength, int withEnd, Fault found) {
    line = window.line();
    byteOffset = window.position();
    length = recordLength;
    fault = found;
    behind = withEnd;
  }

  /** The window's first bytes are a record beyond its limit, whose end is not yet seen. */
  final void takeOversized() {
    int keptBytes = Math.min(maxRecordBytes, OVERSIZED_KEPT_BYTES);
    take(keptBytes, 0, Fault.TOO_LONG);
    kept = Arrays.copyOfRange(window.buffer(), window.start(), window.start() + keptBytes);
  }

  /** Takes the window's first line; {@code why} says what is wrong with it. */
  final void takeLine(Fault why) throws IOException {
    int end = 0;
    while (window.at(end) >= 0 && window.at(end) != '\n') {
      if (end > maxRecordBytes) {
        takeOversized();
        window.move(end);
        end = 0;
        while (window.at(0) >= 0 && window.at(0) != '\n') {
          window.move(1);
        }
        return;
      }
      end++;
    }
    boolean carriageReturn = end > 0 && window.at(end - 1) == '\r';
    take(carriageReturn ? end - 1 : end, window.at(end) == '\n' ? end + 1 : end, why);
  }

  @Override
  public final long ordinal() {
    return ordinal;
  }

  @Override
  public final long line() {
    return line;
  }

  @Override
  public final long byteOffset() {
    return byteOffset;
  }

  @Override
  public final Fault fault() {
    return fault;
  }

  @Override
  public final byte[] buffer() {
    return fault == Fault.TOO_LONG ? kept : window.buffer();
  }

  @Override
  public final int start() {
    return fault == Fault.TOO_LONG ? 0 : window.start();
  }

  @Override
  public final int length() {
    return length;
  }
}
