package io.sluice.land.large;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An object that is the same bytes again and again, so that making it costs nothing. */
final class Repeated {
  private final byte[] head;
  final byte[] body;
  final int times;
  private final byte[] tail;
  final int records;

  /**
   * {@code body}, which has so many records, so many times between {@code head} and {@code tail}.
   */
  Repeated(byte[] head, byte[] body, int times, byte[] tail, int records) {
    this.head = head;
    this.body = body;
    this.times = times;
    this.tail = tail;
    this.records = records;
  }

  /** At least {@code bytes} of {@code body}, and nothing around it. */
  static Repeated of(byte[] body, long bytes, int records) {
    return new Repeated(new byte[0], body, (int) (bytes / body.length) + 1, new byte[0], records);
  }

  Repeated between(byte[] before, byte[] behind) {
    return new Repeated(before, body, times, behind, records);
  }

  long bytes() {
    return head.length + (long) times * body.length + tail.length;
  }

  long allRecords() {
    return (long) times * records;
  }

  InputStream open() {
    List<InputStream> parts = new ArrayList<>();
    parts.add(new ByteArrayInputStream(head));
    for (int i = 0; i < times; i++) {
      parts.add(new ByteArrayInputStream(body));
    }
    parts.add(new ByteArrayInputStream(tail));
    return new SequenceInputStream(Collections.enumeration(parts));
  }
}
