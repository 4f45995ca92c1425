package io.sluice.local.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.local.demo.DemoData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** The tables that another engine is to read, made on a cloud. */
final class ReadersFeeds {
  private static final int ROWS = 40;

  private final WiredCloud cloud;

  ReadersFeeds(WiredCloud cloud) {
    this.cloud = cloud;
  }

  /** Ways to merge, two files each. */
  List<String> merges() throws IOException {
    List<Feed> feeds = new ArrayList<>(Feed.all());
    feeds.addAll(Feed.forReaders());
    for (int file = 0; file < 2; file++) {
      for (Feed feed : feeds) {
        cloud.declare(feed.name(), feed.pipeline(feed.name()));
        cloud.feed(feed.name(), file + ".ndjson", feed.files().get(file).getBytes(UTF_8));
      }
      cloud.awaitQuiet();
    }
    return feeds.stream().map(Feed::name).toList();
  }

  /** The files of the demo: nested records, optional everywhere. */
  String earthquakes(Path folder) throws IOException {
    DemoData demo = DemoData.prepare(folder, DemoData.Lake.KEPT);
    cloud.declare(
        "earthquakes",
        Map.of(
            "pipeline.yaml", Files.readString(demo.pipeline().resolve("pipeline.yaml")),
            "contract.avsc", Files.readString(demo.pipeline().resolve("contract.avsc"))));
    for (Path input : demo.inputs()) {
      cloud.feed("earthquakes", input.getFileName().toString(), Files.readAllBytes(input));
    }
    cloud.awaitQuiet();
    return "earthquakes";
  }

  /** Every type that a contract may have, and partitions by every transform. */
  String everyType() throws IOException {
    String partitions =
        "[partition_date, \"month(millis)\", \"bucket(3, uuid)\", \"truncate(2, id)\", kind]";
    declare("every-type", "every.avsc", "append", partitions);
    cloud.feed(
        "every-type",
        "1.ndjson",
        lines(IntStream.range(0, ROWS).mapToObj(ReadersFeeds::every).toList()));
    cloud.awaitQuiet();
    return "every-type";
  }

  /** Tables before their contract and partitions change; the names of their pipelines. */
  List<String> beforeEvolution() throws IOException {
    for (String merge : evolving()) {
      declare("evolving-" + merge, "first.avsc", merge, "[place]");
      feedReadings("evolving-" + merge, 0, ReadersFeeds::first);
    }
    cloud.awaitQuiet();
    return evolving().stream().map(merge -> "evolving-" + merge).toList();
  }

  /** Changes them three times: other columns, another partition, fewer partitions. */
  void evolve() throws IOException {
    List<String> partitions = List.of("[city]", "[city, \"bucket(3, id)\"]", "[\"bucket(3, id)\"]");
    for (int stage = 0; stage < partitions.size(); stage++) {
      for (String merge : evolving()) {
        declare("evolving-" + merge, "second.avsc", merge, partitions.get(stage));
        feedReadings("evolving-" + merge, stage + 1, ReadersFeeds::second);
      }
      cloud.awaitQuiet();
    }
  }

  private static List<String> evolving() {
    return List.of("append", "upsert", "upsert-vectors");
  }

  private void declare(String name, String contract, String merge, String partitions)
      throws IOException {
    String[] words = merge.split("-", -1);
    String yaml =
        """
        pipeline: { name: %s }
        ingestion:
          source: s3
          contract: contract.avsc
        transformation:
          idempotency_key: [id]
          event_time: at
          merge: %s
          partitions: %s
        storage: { row_changes: %s }
        """
            .formatted(
                name,
                words[0],
                partitions,
                words.length > 1 ? "deletion_vectors" : "copy_on_write");
    cloud.declare(name, Map.of("pipeline.yaml", yaml, "contract.avsc", resource(contract)));
  }

  /** Twenty rows, half of which an earlier stage had. */
  private void feedReadings(String name, int stage, ReadingForm form) {
    List<String> rows =
        IntStream.range(stage * 10, stage * 10 + 20)
            .mapToObj(number -> form.line(number, stage))
            .toList();
    cloud.feed(name, stage + ".ndjson", lines(rows));
  }

  private interface ReadingForm {
    String line(int number, int stage);
  }

  private static String first(int number, int stage) {
    return """
        {"id":"r%d","at":%d,"place":"p%d","count":%d,"level":%s,"price":%d.25,\
        "device":{"model":"m%d","runs":%d},"parts":[{"code":"c%d"},{"code":"d"}]}"""
        .formatted(
            number,
            time(number, stage),
            number % 3,
            number,
            number + 0.1f,
            number,
            number,
            number,
            number);
  }

  private static String second(int number, int stage) {
    return """
        {"id":"r%d","at":%d,"city":"p%d","count":%s,"level":%s,"note":%s,"price":%d.75,\
        "device":{"kind":"k%d","runs":%d,"serial":%s},\
        "parts":[{"code":"c%d","weight":%s}]}"""
        .formatted(
            number,
            time(number, stage),
            number % 4,
            number % 2 == 0 ? "null" : (1L << 40) + number,
            number + 0.1,
            number % 3 == 0 ? "null" : "\"ü " + stage + "\"",
            10_000_000L + number,
            number,
            (1L << 35) + number,
            number % 5 == 0 ? "null" : "\"s\"",
            number,
            number % 2 == 0 ? "null" : "0.3");
  }

  private static long time(int number, int stage) {
    return 1_600_000_000_000L + number * 3_600_000L + stage;
  }

  private static String every(int n) {
    return """
        {"id":"%s","at":%d,"yes":%s,"small":%d,"large":%d,"single":%s,"twice":%s,"bytes":"%s",\
        "four":"AAEC/w==","kind":"%s","day":"19%02d-03-01","millis":%d,"short":%d.07,\
        "longer":-%d.000001,"longest":1234567890123456789012345678.%010d,"fixed_decimal":%d.0001,\
        "uuid":"00000000-0000-4000-8000-%012d","list":[%d,null],"map":{"a":%s,"\\u00fc":0.1},\
        "nested":%s,"maybe":%s}"""
        .formatted(
            n + " é𝄞\\n",
            -1_000_000_123L * n,
            n % 2 == 0,
            n % 3 == 0 ? Integer.MIN_VALUE : n,
            n % 3 == 0 ? Long.MAX_VALUE : -n,
            n * 0.1f,
            n * 1e-7 / 3,
            n % 4 == 0 ? "" : "/+8A",
            n % 2 == 0 ? "even" : "odd",
            40 + n,
            1_600_000_000_001L - n * 86_400_000L * 20,
            n,
            n,
            n,
            n,
            n,
            n,
            Double.toString(n / 7.0),
            n % 3 == 0
                ? "null"
                : "{\"at\":" + (n % 2 == 0 ? "null" : n) + ",\"tags\":{\"t\":[],\"u\":[\"x\"]}}",
            n % 3 == 0 ? "null" : n % 2 == 0);
  }

  private static byte[] lines(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(UTF_8);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ReadersFeeds.class.getResourceAsStream("/evolution/" + name))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
