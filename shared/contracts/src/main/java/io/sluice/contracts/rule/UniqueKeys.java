package io.sluice.contracts.rule;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.avro.generic.GenericFixed;

/** The keys of the records that one rule has seen in a batch: the first 128 bits of a SHA-256. */
final class UniqueKeys {
  /**
   * How many keys one rule tells apart in a batch: 128 MiB of them, and as much again in passing
   * while the last doubling copies half of that.
   */
  static final int MAX_KEYS = 4 << 20;

  private final SeenKeys seen = new SeenKeys();
  private final MessageDigest digest;
  private final int maxKeys;
  private long high;
  private long low;

  UniqueKeys(int maxKeys) {
    this.maxKeys = maxKeys;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** How a key stands to those before it. */
  enum Standing {
    /** Not seen, or with a null in it. */
    NEW,
    /** Seen. */
    REPEATED,
    /** Not seen, and there is no room to remember it. */
    TOO_MANY
  }

  /** Looks at the key that {@code fields} of {@code values} are, without remembering it. */
  Standing look(RecordValues values, int[] fields) {
    digest.reset();
    for (int field : fields) {
      Object value = values.value(field);
      if (value == null) {
        high = 0;
        low = 0;
        return Standing.NEW;
      }
      add(bytes(value));
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    high = hash.getLong();
    low = hash.getLong();
    if (seen.contains(high, low)) {
      return Standing.REPEATED;
    }
    return seen.size() < maxKeys ? Standing.NEW : Standing.TOO_MANY;
  }

  /** Remembers what was looked at last, unless a null was in it. */
  void remember() {
    if (high != 0 || low != 0) {
      seen.add(high, low);
    }
  }

  private void add(byte[] part) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      digest.update((byte) (part.length >>> shift));
    }
    digest.update(part);
  }

  private static byte[] bytes(Object value) {
    return switch (value) {
      case ByteBuffer bytes -> {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        yield copy;
      }
      case GenericFixed fixed -> fixed.bytes();
      default -> value.toString().getBytes(StandardCharsets.UTF_8);
    };
  }
}
