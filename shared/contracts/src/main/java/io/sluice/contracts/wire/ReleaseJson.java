package io.sluice.contracts.wire;

import io.sluice.core.batch.Release;
import io.sluice.core.id.BatchId;
import java.nio.charset.StandardCharsets;

/** {@code {"batch":"<32 hex>","reason":"…","at":"2026-01-01T00:00:00Z"}}. */
public final class ReleaseJson {
  /** A reason of some pages. */
  public static final int MAX_BYTES = 64 << 10;

  private static final String DOCUMENT = "release";

  private ReleaseJson() {}

  /** The content of the object, UTF-8. */
  public static byte[] write(Release release) {
    return JsonFields.write(
            JsonFields.object()
                .put("batch", release.batch().value())
                .put("reason", release.reason())
                .put("at", release.at().toString()))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the content of the object.
   *
   * @throws io.sluice.core.failure.InvalidMessage when it is not what {@link #write} writes
   */
  public static Release read(byte[] content) {
    JsonFields fields =
        JsonFields.read(new String(content, StandardCharsets.UTF_8), DOCUMENT, MAX_BYTES);
    return new Release(
        fields.parsed("batch", BatchId::new), fields.text("reason"), fields.instant("at"));
  }
}
