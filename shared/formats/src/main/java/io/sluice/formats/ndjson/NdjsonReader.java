package io.sluice.formats.ndjson;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The records of an NDJSON stream, one at a time, in one buffer that is used again: what the
 * accessors say holds until the next {@link #next}. Lines end with LF or CRLF, the last one may end
 * with the stream; a byte order mark at the start is skipped; a line of nothing but white space is
 * no record.
 */
public final class NdjsonReader {
  /** 16 MiB: the longest record. A longer line is one oversized record, not a failure. */
  public static final int MAX_RECORD_BYTES = 16 << 20;

  /** 64 KiB: how much of an oversized record is kept, enough to see what it is. */
  public static final int OVERSIZED_KEPT_BYTES = 64 << 10;

  /** CR and LF: a line that still has no end beyond these is certainly oversized. */
  private static final int LINE_END_BYTES = 2;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long NEWLINES = ONES * '\n';

  private static final int INITIAL_BYTES = 256 << 10;

  private final InputStream in;
  private final int maxRecordBytes;
  private byte[] buffer = new byte[INITIAL_BYTES];
  private int nextStart;
  private int end;
  private long bufferOffset;
  private boolean ended;

  private int start;
  private int length;
  private boolean oversized;
  private long ordinal = -1;
  private long line;
  private long byteOffset;

  /** Reads {@code in}, which stays the caller's to close. */
  public NdjsonReader(InputStream in) {
    this(in, MAX_RECORD_BYTES);
  }

  /** Reads {@code in} with another length for the longest record. */
  public NdjsonReader(InputStream in, int maxRecordBytes) {
    this.in = in;
    this.maxRecordBytes = maxRecordBytes;
  }

  /** Goes to the next record; false at the end of the stream. */
  public boolean next() throws IOException {
    while (nextLine()) {
      if (line == 1 && !oversized) {
        skipByteOrderMark();
      }
      if (oversized || !isBlank()) {
        ordinal++;
        return true;
      }
    }
    return false;
  }

  /** The number of this record, counted from 0. */
  public long ordinal() {
    return ordinal;
  }

  /** The number of its line, counted from 1, blank lines included. */
  public long line() {
    return line;
  }

  /** Where it starts in the uncompressed stream. */
  public long byteOffset() {
    return byteOffset;
  }

  /** Whether it is longer than a record may be; then only its beginning is there. */
  public boolean isOversized() {
    return oversized;
  }

  /** The bytes that hold it, with others around them; not to be changed. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where it starts in {@link #buffer}. */
  public int start() {
    return start;
  }

  /** How many bytes it has, without its line end. */
  public int length() {
    return length;
  }

  /** A copy of its bytes. */
  public byte[] bytes() {
    return Arrays.copyOfRange(buffer, start, start + length);
  }

  private boolean nextLine() throws IOException {
    int newline = newline(nextStart);
    while (newline < 0 && !ended && end - nextStart <= maxRecordBytes + LINE_END_BYTES - 1) {
      int scanned = end - nextStart;
      fill();
      newline = newline(nextStart + scanned);
    }
    if (newline < 0 && end == nextStart) {
      return false;
    }
    int stop = newline < 0 ? end : newline;
    start = nextStart;
    byteOffset = bufferOffset + start;
    line++;
    length = stop - start - (stop > start && buffer[stop - 1] == '\r' ? 1 : 0);
    oversized = length > maxRecordBytes;
    nextStart = newline < 0 ? end : newline + 1;
    if (oversized) {
      length = Math.min(maxRecordBytes, OVERSIZED_KEPT_BYTES);
      if (newline < 0) {
        skipToNextLine();
      }
    }
    return true;
  }

  /** Reads on behind the kept part, over and over, until the oversized line ends. */
  private void skipToNextLine() throws IOException {
    int keptEnd = start + length;
    while (!ended) {
      bufferOffset += end - keptEnd;
      end = keptEnd;
      read();
      int newline = newline(keptEnd);
      if (newline >= 0) {
        nextStart = newline + 1;
        return;
      }
    }
    nextStart = end;
  }

  private void fill() throws IOException {
    if (nextStart > 0) {
      System.arraycopy(buffer, nextStart, buffer, 0, end - nextStart);
      bufferOffset += nextStart;
      end -= nextStart;
      nextStart = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    read();
  }

  private void read() throws IOException {
    int read = in.read(buffer, end, buffer.length - end);
    ended = read < 0;
    end += Math.max(read, 0);
  }

  private int newline(int from) {
    int i = from;
    while (i + Long.BYTES <= end) {
      long other = (long) WORD.get(buffer, i) ^ NEWLINES;
      long found = (other - ONES) & ~other & HIGH_BITS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      i += Long.BYTES;
    }
    for (; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void skipByteOrderMark() {
    if (length >= 3
        && buffer[start] == (byte) 0xEF
        && buffer[start + 1] == (byte) 0xBB
        && buffer[start + 2] == (byte) 0xBF) {
      start += 3;
      length -= 3;
      byteOffset += 3;
    }
  }

  private boolean isBlank() {
    for (int i = start; i < start + length; i++) {
      byte b = buffer[i];
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
