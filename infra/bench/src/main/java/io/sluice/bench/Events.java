package io.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.contracts.contract.Contract;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/** Made-up events of about 285 bytes a row: the same seed makes the same file. */
final class Events {
  /** What the events are held against. */
  static final Contract CONTRACT =
      Contract.parse(
          """
          {"type":"record","name":"Event","namespace":"bench","fields":[
          {"name":"event_id","type":{"type":"string","logicalType":"uuid"}},
          {"name":"source_system","type":{"type":"enum","name":"Source",
            "symbols":["web","ios","android","partner"]}},
          {"name":"event_ts","type":{"type":"long","logicalType":"timestamp-millis"}},
          {"name":"user_id","type":"long"},
          {"name":"amount","type":"double"},
          {"name":"region","type":"string"},
          {"name":"coupon","type":["null","string"],"default":null},
          {"name":"device","type":{"type":"record","name":"Device","fields":[
            {"name":"os","type":"string"},{"name":"version","type":"int"},
            {"name":"screen","type":"double"}]}},
          {"name":"tags","type":{"type":"array","items":"string"}}
          ]}
          """,
          "events");

  private static final String[] SOURCES = {"web", "ios", "android", "partner"};
  private static final String[] REGIONS = {"eu-west-1", "eu-central-1", "us-east-1", "ap-south-1"};
  private static final String[] SYSTEMS = {"Linux", "Windows", "macOS", "Android", "iOS"};
  private static final String[] TAGS = {
    "checkout", "mobile", "campaign-7", "first", "größe", "b2b"
  };
  private static final long FIRST_MILLIS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private final Random random;
  private long millis = FIRST_MILLIS;

  Events(long seed) {
    this.random = new Random(seed);
  }

  /** Writes {@code rows} events, one per line. */
  static void write(Path file, long rows) throws IOException {
    Events events = new Events(rows);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (long i = 0; i < rows; i++) {
        out.write(events.next().getBytes(UTF_8));
      }
    }
  }

  /** One line, with its end. */
  String next() {
    millis += random.nextInt(40);
    return String.format(
        Locale.ROOT,
        "{\"event_id\":\"%08x-%04x-4%03x-a%03x-%012x\",\"source_system\":\"%s\","
            + "\"event_ts\":\"%s\",\"user_id\":%d,\"amount\":%s,\"region\":\"%s\",\"coupon\":%s,"
            + "\"device\":{\"os\":\"%s\",\"version\":%d,\"screen\":%s},"
            + "\"tags\":[\"%s\",\"%s\"]}%n",
        random.nextInt(),
        random.nextInt(1 << 16),
        random.nextInt(1 << 12),
        random.nextInt(1 << 12),
        random.nextLong(1L << 48),
        pick(SOURCES),
        Instant.ofEpochMilli(millis).plusMillis(millis % 1000 == 0 ? 1 : 0),
        100_000_000L + random.nextInt(2_000_000),
        Math.round(random.nextDouble() * 100_000) / 100.0,
        pick(REGIONS),
        random.nextInt(4) == 0 ? "\"SAVE" + random.nextInt(50) + "\"" : "null",
        pick(SYSTEMS),
        random.nextInt(30),
        random.nextDouble() * 30,
        pick(TAGS),
        pick(TAGS));
  }

  private String pick(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
