package io.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/** The same events again and again, so that making them costs nothing. */
final class RepeatedEvents extends InputStream {
  private static final int ROWS = 20_000;

  private final byte[] events;
  private long left;
  private int at;

  /** At least {@code bytes} of them, in whole events. */
  RepeatedEvents(long bytes) {
    Events maker = new Events(ROWS);
    ByteArrayOutputStream made = new ByteArrayOutputStream();
    for (int i = 0; i < ROWS; i++) {
      made.writeBytes(maker.next().getBytes(UTF_8));
    }
    this.events = made.toByteArray();
    this.left = (bytes / events.length + 1) * events.length;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (left == 0) {
      return -1;
    }
    int count = (int) Math.min(Math.min(length, events.length - at), left);
    System.arraycopy(events, at, into, offset, count);
    at = (at + count) % events.length;
    left -= count;
    return count;
  }
}
