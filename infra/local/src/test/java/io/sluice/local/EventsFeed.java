package io.sluice.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * A small pipeline of flat events, and files for it: more than curate takes at once, so that the
 * table has two snapshots at least. One file is compressed, one repeats records of two others, one
 * has broken records. No two events of one key differ, so that every order ends in the same rows.
 *
 * @param rows the lines of the events that the table must have in the end
 */
record EventsFeed(Path pipeline, List<Path> inputs, List<String> rows) {
  /** The name that the pipeline declares. */
  static final String NAME = "events";

  /** How many lines of the last file are refused. */
  static final int BROKEN = 4;

  private static final int FILES = 10;
  private static final int EVENTS = 60;
  private static final long FIRST_MICROS = 1_517_443_200_000_000L;
  private static final long STEP_MICROS = 311_000_017L;

  /** Writes everything under {@code folder}. */
  static EventsFeed write(Path folder) throws IOException {
    Path pipeline = pipeline(folder.resolve("pipeline"));
    Path files = Files.createDirectories(folder.resolve("inputs"));
    List<String> events = new ArrayList<>();
    for (int i = 0; i < FILES * EVENTS; i++) {
      events.add(event(i));
    }
    List<Path> inputs = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      List<String> lines = events.subList(file * EVENTS, (file + 1) * EVENTS);
      Path plain = files.resolve("events-" + file + ".ndjson");
      inputs.add(file == 3 ? compressed(plain, lines) : Files.write(plain, lines));
    }
    inputs.add(
        Files.write(files.resolve("overlap.ndjson"), events.subList(EVENTS / 2, 3 * EVENTS / 2)));
    inputs.add(Files.write(files.resolve("broken.ndjson"), broken(events.subList(0, EVENTS))));
    return new EventsFeed(pipeline, inputs, events);
  }

  /** Writes the declaration and its contract into {@code folder}. */
  static Path pipeline(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : List.of("pipeline.yaml", "event.avsc")) {
      try (InputStream in =
          Objects.requireNonNull(EventsFeed.class.getResourceAsStream("/events/" + name))) {
        Files.write(folder.resolve(name), in.readAllBytes());
      }
    }
    return folder;
  }

  /** The event of a number, in the form in which rows are printed. */
  private static String event(int number) {
    return """
        {"event_id":"e-%d","source_system":"%s","event_ts":%d,"amount":%s,\
        "day":"2018-02-%02d","tags":%s,"trace":"00000000-0000-4000-8000-%012d"}"""
        .formatted(
            number / 2,
            number % 2 == 0 ? "web" : "till",
            FIRST_MICROS + number * STEP_MICROS,
            number % 7 == 0 ? "null" : number + "." + (10 + number % 90),
            1 + number % 28,
            number % 3 == 0 ? "[]" : "[\"tag " + number % 5 + "\",\"größer\"]",
            number);
  }

  private static List<String> broken(List<String> events) {
    List<String> lines = new ArrayList<>(events.subList(0, 2 * BROKEN));
    lines.set(1, lines.get(1).substring(0, 40));
    lines.set(3, lines.get(3).replace("\"till\"", "\"moon\""));
    lines.set(5, lines.get(5).replaceFirst("\"event_id\":\"[^\"]*\",", ""));
    lines.set(7, lines.get(7).replaceFirst("\"event_ts\":[0-9]*", "\"event_ts\":\"today\""));
    return lines;
  }

  private static Path compressed(Path plain, List<String> lines) throws IOException {
    Path file = plain.resolveSibling(plain.getFileName() + ".gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
