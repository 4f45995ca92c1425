package io.sluice.core.id;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The identity of a batch: the first 128 bits of a SHA-256 over pipeline, bucket, key and version,
 * as 32 hex digits. The same input is the same batch on every machine, at any time, however often
 * it is announced.
 */
public record BatchId(String value) implements Comparable<BatchId> {
  private static final int LENGTH = 32;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + LENGTH + "}");

  /** Refuses what is not 32 lower case hex digits. */
  public BatchId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("Invalid batch id: " + value);
    }
  }

  /** The batch that {@code source} is to {@code pipeline}. */
  public static BatchId of(PipelineName pipeline, SourceObject source) {
    MessageDigest digest = sha256();
    for (String part :
        new String[] {
          pipeline.value(), source.name().bucket(), source.name().key(), source.version()
        }) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
      digest.update((byte) ':');
      digest.update(bytes);
    }
    return new BatchId(HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH));
  }

  @Override
  public int compareTo(BatchId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
