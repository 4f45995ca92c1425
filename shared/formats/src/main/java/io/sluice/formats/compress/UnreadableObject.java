package io.sluice.formats.compress;

import java.io.IOException;

/**
 * An object whose bytes are all there and cannot be read on: truncated, corrupt, or too large. No
 * retry helps; a store that does not answer throws any other {@link IOException}.
 */
public final class UnreadableObject extends IOException {
  private static final long serialVersionUID = 1L;

  private final long position;

  /** The object can be decompressed, and is not what its format wants from {@code position} on. */
  public static UnreadableObject at(long position, String reason) {
    return new UnreadableObject(position, reason);
  }

  UnreadableObject(long position, String reason, Throwable cause) {
    this(position, reason);
    initCause(cause);
  }

  UnreadableObject(long position, String reason) {
    super("Cannot read object beyond its uncompressed byte " + position + ": " + reason);
    this.position = position;
  }

  /** How many uncompressed bytes could be read before. */
  public long position() {
    return position;
  }
}
