package io.sluice.contracts.framing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The framings that producers use, declared and never guessed: a wrong guess would make every field
 * something else.
 */
public enum Framing {
  /** The bytes are the record. */
  NONE("none") {
    @Override
    Frame parse(ByteBuffer bytes, int maxBytes) {
      return new Frame.Framed(new SchemaId.None(), bytes);
    }
  },
  /** Confluent's wire format: 0x00, then the schema's id in 4 bytes, big end first. */
  CONFLUENT("confluent") {
    @Override
    Frame parse(ByteBuffer bytes, int maxBytes) {
      if (bytes.remaining() < 5 || bytes.get() != 0x00) {
        return broken(bytes, "0x00 and a schema id of 4 bytes");
      }
      return new Frame.Framed(new SchemaId.Numbered(bytes.getInt()), bytes.slice());
    }
  },
  /** AWS Glue's: 0x03, the compression (0x00 none, 0x05 zlib), then a UUID in 16 bytes. */
  GLUE("glue") {
    @Override
    Frame parse(ByteBuffer bytes, int maxBytes) {
      String wanted = "0x03, 0x00 or 0x05, and a schema version of 16 bytes";
      if (bytes.remaining() < 18 || bytes.get() != 0x03) {
        return broken(bytes, wanted);
      }
      byte compression = bytes.get();
      SchemaId version = new SchemaId.Version(new UUID(bytes.getLong(), bytes.getLong()));
      return switch (compression) {
        case 0x00 -> new Frame.Framed(version, bytes.slice());
        case 0x05 -> inflated(version, bytes, maxBytes);
        default -> broken(bytes, wanted);
      };
    }
  },
  /** Avro's single-object encoding: 0xC3 0x01, then CRC-64-AVRO, little end first. */
  SINGLE_OBJECT("single-object") {
    @Override
    Frame parse(ByteBuffer bytes, int maxBytes) {
      if (bytes.remaining() < 10 || bytes.get() != (byte) 0xC3 || bytes.get() != 0x01) {
        return broken(bytes, "0xC3 0x01 and a fingerprint of 8 bytes");
      }
      long fingerprint = bytes.order(ByteOrder.LITTLE_ENDIAN).getLong();
      return new Frame.Framed(new SchemaId.Fingerprint(fingerprint), bytes.slice());
    }
  };

  /** Enough to tell one framing from another. */
  private static final int SHOWN_BYTES = 18;

  private final String word;

  Framing(String word) {
    this.word = word;
  }

  /** As in {@code pipeline.yaml}. */
  public String word() {
    return word;
  }

  /** The framing of a declaration's word, if it has a meaning. */
  public static Optional<Framing> of(String word) {
    return Arrays.stream(values()).filter(framing -> framing.word.equals(word)).findFirst();
  }

  /** All words that {@link #of} knows. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Framing::word).toList();
  }

  /**
   * Takes the header off {@code record}, whose position stays.
   *
   * @param maxBytes of the payload, decompressed
   */
  public Frame read(ByteBuffer record, int maxBytes) {
    return parse(record.slice(), maxBytes);
  }

  abstract Frame parse(ByteBuffer bytes, int maxBytes);

  private static Frame broken(ByteBuffer bytes, String expected) {
    byte[] shown = new byte[Math.min(SHOWN_BYTES, bytes.limit())];
    bytes.get(0, shown);
    return new Frame.Broken(expected, "0x" + HexFormat.of().formatHex(shown));
  }

  private static Frame inflated(SchemaId schema, ByteBuffer compressed, int maxBytes) {
    String wanted = "a whole zlib stream of at most " + maxBytes + " bytes";
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed);
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      byte[] chunk = new byte[8 << 10];
      while (!inflater.finished()) {
        int length = inflater.inflate(chunk);
        if (length == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          return new Frame.Broken(wanted, "one that is cut off");
        }
        payload.write(chunk, 0, length);
        if (payload.size() > maxBytes) {
          return new Frame.Broken(wanted, "a longer one");
        }
      }
      return inflater.getRemaining() == 0
          ? new Frame.Framed(schema, ByteBuffer.wrap(payload.toByteArray()))
          : new Frame.Broken(wanted, inflater.getRemaining() + " bytes behind it");
    } catch (DataFormatException e) {
      return new Frame.Broken(wanted, String.valueOf(e.getMessage()));
    } finally {
      inflater.end();
    }
  }
}
