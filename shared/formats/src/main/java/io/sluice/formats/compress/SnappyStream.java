package io.sluice.formats.compress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.xerial.snappy.Snappy;

/**
 * A framed snappy stream, uncompressed, by google/snappy's framing_format.txt. Each chunk is read
 * to the end that its length says, whatever is in it. Decompressors of streams at hand take a chunk
 * without data for the end, read on where a block ends though its chunk does not, and call
 * themselves for each chunk that is skipped.
 */
final class SnappyStream extends InputStream {
  /** The most data of a chunk, by the format. */
  private static final int MOST_DATA = 1 << 16;

  private static final byte[] IDENTIFIER = {'s', 'N', 'a', 'P', 'p', 'Y'};
  private static final int HEADER_BYTES = 4;
  private static final int CHECKSUM_BYTES = 4;
  private static final int COMPRESSED = 0x00;
  private static final int UNCOMPRESSED = 0x01;
  private static final int FIRST_SKIPPABLE = 0x80;
  private static final int STREAM_IDENTIFIER = 0xff;
  private static final int MASK = 0xa282ead8;

  private final InputStream in;
  private byte[] data = {};
  private int position;

  SnappyStream(InputStream in) {
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
    while (position == data.length) {
      byte[] header = in.readNBytes(HEADER_BYTES);
      if (header.length == 0) {
        return -1;
      }
      data = chunk(header);
      position = 0;
    }
    int count = Math.min(length, data.length - position);
    System.arraycopy(data, position, bytes, offset, count);
    position += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** What a chunk holds, maybe nothing. */
  private byte[] chunk(byte[] header) throws IOException {
    if (header.length < HEADER_BYTES) {
      throw new EOFException();
    }
    int type = header[0] & 0xff;
    int length = (header[1] & 0xff) | (header[2] & 0xff) << 8 | (header[3] & 0xff) << 16;
    if (type == COMPRESSED || type == UNCOMPRESSED) {
      return data(type, length);
    }
    if (type < FIRST_SKIPPABLE) {
      throw new IOException("it has a chunk of the unknown type " + type);
    }
    if (type == STREAM_IDENTIFIER) {
      requireIdentifier(length);
    } else {
      in.skipNBytes(length);
    }
    return new byte[0];
  }

  private void requireIdentifier(int length) throws IOException {
    if (length != IDENTIFIER.length || !Arrays.equals(content(length), IDENTIFIER)) {
      throw new IOException("it has a stream identifier that is none");
    }
  }

  private byte[] data(int type, int length) throws IOException {
    int most = type == COMPRESSED ? Snappy.maxCompressedLength(MOST_DATA) : MOST_DATA;
    if (length < CHECKSUM_BYTES || length - CHECKSUM_BYTES > most) {
      throw new IOException("it has a chunk of " + length + " bytes");
    }
    byte[] content = content(length);
    byte[] held =
        type == COMPRESSED
            ? uncompressed(content)
            : Arrays.copyOfRange(content, CHECKSUM_BYTES, length);
    CRC32C checksum = new CRC32C();
    checksum.update(held);
    int masked = Integer.rotateRight((int) checksum.getValue(), 15) + MASK;
    int wanted =
        (content[0] & 0xff)
            | (content[1] & 0xff) << 8
            | (content[2] & 0xff) << 16
            | (content[3] & 0xff) << 24;
    if (masked != wanted) {
      throw new IOException("it has a chunk whose checksum is not that of its data");
    }
    return held;
  }

  private byte[] content(int length) throws IOException {
    byte[] content = in.readNBytes(length);
    if (content.length < length) {
      throw new EOFException();
    }
    return content;
  }

  private static byte[] uncompressed(byte[] content) throws IOException {
    int length = content.length - CHECKSUM_BYTES;
    if (!Snappy.isValidCompressedBuffer(content, CHECKSUM_BYTES, length)) {
      throw new IOException("it has a chunk that is not snappy");
    }
    int held = Snappy.uncompressedLength(content, CHECKSUM_BYTES, length);
    if (held > MOST_DATA) {
      throw new IOException("it has a chunk that holds " + held + " bytes");
    }
    byte[] data = new byte[held];
    Snappy.uncompress(content, CHECKSUM_BYTES, length, data, 0);
    return data;
  }
}
