package io.sluice.core.id;

import java.net.URI;

/** Where an object is: a bucket and a key, as they are, not URL-encoded. */
public record ObjectName(String bucket, String key) {
  private static final String SCHEME = "s3://";

  /** Refuses an empty bucket or key. */
  public ObjectName {
    if (bucket.isEmpty() || key.isEmpty()) {
      throw new IllegalArgumentException("Invalid object name: " + SCHEME + bucket + "/" + key);
    }
  }

  /**
   * Reads {@code s3://bucket/key}.
   *
   * @throws IllegalArgumentException when the text has another form
   */
  public static ObjectName parse(String uri) {
    int slash = uri.indexOf('/', SCHEME.length());
    if (!uri.startsWith(SCHEME) || slash < 0) {
      throw new IllegalArgumentException("Invalid object name: " + uri);
    }
    return new ObjectName(uri.substring(SCHEME.length(), slash), uri.substring(slash + 1));
  }

  /** The object of this name in the same bucket with {@code suffix} after its key. */
  public ObjectName resolve(String suffix) {
    return new ObjectName(bucket, key + suffix);
  }

  /** {@code s3://bucket/key}, unescaped: a name for people and for Iceberg, not a {@link URI}. */
  @Override
  public String toString() {
    return SCHEME + bucket + "/" + key;
  }
}
