package io.sluice.formats.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A framed snappy stream without the chunks that hold no data: identifiers behind the first,
 * padding, what a reader may skip, and data chunks of no bytes. commons-compress calls itself for
 * each of the former, so that many of them overflow its stack, and takes one of the latter for the
 * end. The format is that of google/snappy's framing_format.txt.
 */
final class SnappyChunks extends InputStream {
  private static final byte[] IDENTIFIER = {'s', 'N', 'a', 'P', 'p', 'Y'};
  private static final int HEADER_BYTES = 4;
  private static final int UNCOMPRESSED = 0x01;
  private static final int FIRST_SKIPPABLE = 0x80;
  private static final int STREAM_IDENTIFIER = 0xff;

  private static final int CHECKSUM_BYTES = 4;

  /** Where the last seven bits of a length stand, which takes five bytes at the most. */
  private static final int MOST_LENGTH_BITS = 28;

  private final InputStream in;
  private final byte[] chunk = new byte[HEADER_BYTES + CHECKSUM_BYTES + 5];
  private boolean isBehindFirst;
  private int kept;
  private int handedOut;
  private int left;

  SnappyChunks(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (handedOut == kept && left == 0 && !next()) {
      return -1;
    }
    if (handedOut < kept) {
      int count = Math.min(length, kept - handedOut);
      System.arraycopy(chunk, handedOut, bytes, offset, count);
      handedOut += count;
      return count;
    }
    int read = in.read(bytes, offset, Math.min(length, left));
    left -= Math.max(read, 0);
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Goes to the next chunk that is to be handed out; false at the end. */
  private boolean next() throws IOException {
    while (readHeader()) {
      int type = chunk[0] & 0xff;
      if (!isBehindFirst) {
        isBehindFirst = true;
        return true;
      }
      if (type == STREAM_IDENTIFIER) {
        requireIdentifier();
      } else if (type >= FIRST_SKIPPABLE) {
        in.skipNBytes(left);
      } else if (!isEmpty(type)) {
        return true;
      }
    }
    return false;
  }

  private boolean readHeader() throws IOException {
    int read = in.readNBytes(chunk, 0, HEADER_BYTES);
    if (read > 0 && read < HEADER_BYTES) {
      throw new EOFException();
    }
    kept = read;
    handedOut = 0;
    left = (chunk[1] & 0xff) | (chunk[2] & 0xff) << 8 | (chunk[3] & 0xff) << 16;
    return read > 0;
  }

  private void requireIdentifier() throws IOException {
    byte[] found = in.readNBytes(Math.min(left, IDENTIFIER.length + 1));
    if (found.length < left && found.length <= IDENTIFIER.length) {
      throw new EOFException();
    }
    if (!Arrays.equals(found, IDENTIFIER)) {
      throw new IOException("it has a stream identifier that is none");
    }
  }

  /**
   * Whether the chunk holds no data; what was read to know it is kept.
   *
   * @throws IOException when it says that it holds none and is longer than that takes
   */
  private boolean isEmpty(int type) throws IOException {
    if (type > UNCOMPRESSED) {
      return false;
    }
    keep(CHECKSUM_BYTES);
    if (type == UNCOMPRESSED) {
      return left == 0;
    }
    long length = 0;
    for (int shift = 0, more = 1; more > 0; shift += 7) {
      keep(1);
      length |= (long) (chunk[kept - 1] & 0x7f) << shift;
      more = shift < MOST_LENGTH_BITS ? chunk[kept - 1] & 0x80 : 0;
    }
    if (length == 0 && left > 0) {
      throw new IOException("it has a chunk that is longer than its data");
    }
    return length == 0;
  }

  private void keep(int count) throws IOException {
    if (left < count) {
      throw new IOException("it has a chunk that is shorter than its checksum and length");
    }
    if (in.readNBytes(chunk, kept, count) < count) {
      throw new EOFException();
    }
    kept += count;
    left -= count;
  }
}
