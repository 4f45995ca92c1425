package io.sluice.formats.avro;

import io.sluice.contracts.pipeline.Limits;
import io.sluice.formats.compress.BlockCodec;
import io.sluice.formats.compress.UnreadableObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** The blocks of an object container file, one at a time. See "Object Container Files" of Avro. */
final class AvroBlocks {
  /** 64 MiB: a thousand times what writers make of a block. */
  private static final int MAX_BLOCK_BYTES = 64 << 20;

  /** 4 MiB: the schema of any contract, with room for what else writers note. */
  private static final int MAX_HEADER_BYTES = 4 << 20;

  /** Below this the ratio does not count. */
  private static final long RATIO_FREE_BYTES = MAX_BLOCK_BYTES;

  private static final int MAGIC_BYTES = 4;
  private static final int SYNC_BYTES = 16;
  private static final int CHECKSUM_BYTES = 4;

  private static final String SCHEMA = "avro.schema";
  private static final String CODEC = "avro.codec";

  private final InputStream in;
  private final Limits limits;
  private final Schema schema;
  private final BlockCodec codec;
  private final boolean checksum;
  private final byte[] sync;
  private long position;
  private long blockPosition;
  private long decompressed;
  private long count;

  AvroBlocks(InputStream in, Limits limits) throws IOException {
    this.in = in;
    this.limits = limits;
    if (!Arrays.equals(exactly(MAGIC_BYTES), new byte[] {'O', 'b', 'j', 1})) {
      throw unreadable("it is no Avro object container file");
    }
    Map<String, byte[]> metadata = metadata();
    this.sync = exactly(SYNC_BYTES);
    this.schema = schema(text(metadata, SCHEMA, ""));
    String name = text(metadata, CODEC, "null");
    this.codec = codec(name);
    this.checksum = name.equals("snappy");
  }

  Schema schema() {
    return schema;
  }

  /** Where the block starts in the object. */
  long blockPosition() {
    return blockPosition;
  }

  /** How many records the block says that it has. */
  long count() {
    return count;
  }

  /** The content of the next block; empty at the end of the object. */
  byte[] next() throws IOException {
    blockPosition = position;
    int first = in.read();
    if (first < 0) {
      count = 0;
      return new byte[0];
    }
    position++;
    count = readLong(first);
    long size = readLong(readByte());
    if (count <= 0 || size < 0 || size > MAX_BLOCK_BYTES) {
      throw unreadable("its block has " + count + " records in " + size + " bytes");
    }
    byte[] block = exactly((int) size);
    if (!Arrays.equals(exactly(SYNC_BYTES), sync)) {
      throw unreadable("its block does not end where it says");
    }
    byte[] content = decompress(block);
    if (count > content.length) {
      throw unreadable("its block has " + count + " records in " + content.length + " bytes");
    }
    return content;
  }

  UnreadableObject unreadable(String reason) {
    return UnreadableObject.at(position, reason);
  }

  private byte[] decompress(byte[] block) throws IOException {
    byte[] compressed =
        checksum ? Arrays.copyOf(block, Math.max(0, block.length - CHECKSUM_BYTES)) : block;
    byte[] content;
    try {
      content = codec.decompress(compressed, MAX_BLOCK_BYTES);
    } catch (IOException e) {
      throw unreadable("of a block, " + e.getMessage());
    }
    decompressed += content.length;
    if (decompressed > limits.objectBytes()) {
      throw unreadable("it is longer than " + limits.objectBytes() + " bytes");
    }
    if (decompressed > RATIO_FREE_BYTES && decompressed / limits.ratio() > position) {
      throw unreadable("it expands more than " + limits.ratio() + " times");
    }
    return content;
  }

  /** The entries that are wanted: a header has room for a million others. */
  private Map<String, byte[]> metadata() throws IOException {
    Map<String, byte[]> metadata = new HashMap<>();
    long entries = readLong(readByte());
    while (entries != 0) {
      if (entries < 0) {
        readLong(readByte());
      }
      for (long i = Math.abs(entries); i > 0; i--) {
        String key = new String(headerBytes(), StandardCharsets.UTF_8);
        byte[] value = headerBytes();
        if (key.equals(SCHEMA) || key.equals(CODEC)) {
          metadata.put(key, value);
        }
      }
      entries = readLong(readByte());
    }
    return metadata;
  }

  private byte[] headerBytes() throws IOException {
    long length = readLong(readByte());
    if (length < 0 || length > MAX_HEADER_BYTES - position) {
      throw unreadable("its header is longer than " + MAX_HEADER_BYTES + " bytes");
    }
    return exactly((int) length);
  }

  private static String text(Map<String, byte[]> metadata, String key, String otherwise) {
    byte[] value = metadata.get(key);
    return value == null ? otherwise : new String(value, StandardCharsets.UTF_8);
  }

  private Schema schema(String json) throws UnreadableObject {
    try {
      Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
      return parser.setValidateDefaults(false).parse(json);
    } catch (RuntimeException | StackOverflowError e) {
      throw unreadable("its schema is not Avro");
    }
  }

  private BlockCodec codec(String name) throws UnreadableObject {
    return switch (name) {
      case "null" -> BlockCodec.NONE;
      case "deflate" -> BlockCodec.DEFLATE;
      case "snappy" -> BlockCodec.SNAPPY;
      case "zstandard" -> BlockCodec.ZSTANDARD;
      case "bzip2" -> BlockCodec.BZIP2;
      default -> throw unreadable("its codec " + name + " is not available");
    };
  }

  private long readLong(int first) throws IOException {
    long encoded = first & 0x7fL;
    int next = first;
    for (int shift = 7; next >= 0x80; shift += 7) {
      if (shift > 63) {
        throw unreadable("it has a number of more than 64 bits");
      }
      next = readByte();
      encoded |= (next & 0x7fL) << shift;
    }
    return (encoded >>> 1) ^ -(encoded & 1);
  }

  private int readByte() throws IOException {
    return exactly(1)[0] & 0xff;
  }

  /** Reads piece by piece, so that a length that lies costs no more than what is there. */
  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    position += bytes.length;
    if (bytes.length < length) {
      throw unreadable("it is cut off");
    }
    return bytes;
  }
}
