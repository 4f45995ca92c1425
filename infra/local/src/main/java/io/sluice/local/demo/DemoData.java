package io.sluice.local.demo;

import io.sluice.core.failure.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The inputs of the demo, as files: a week of real earthquakes (USGS, public domain), one day of it
 * compressed, and two files made of real lines: one that overlaps others, one that is broken in all
 * the ways of {@link BrokenLines}.
 *
 * @param pipeline the folder of the declaration
 * @param inputs the files to be fed, in order
 * @param deliveredTwice the one whose notification comes twice
 */
public record DemoData(Path pipeline, List<Path> inputs, Path deliveredTwice) {
  private static final List<String> DAYS =
      List.of(
          "2018-01-31",
          "2018-02-01",
          "2018-02-02",
          "2018-02-03",
          "2018-02-04",
          "2018-02-05",
          "2018-02-06",
          "2018-02-07");
  private static final String COMPRESSED_DAY = "2018-02-05";
  private static final String TWICE = "2018-02-01";
  private static final int OVERLAP = 100;

  /** Copies the inputs. */
  public DemoData {
    inputs = List.copyOf(inputs);
  }

  /** The life of the lake that the demo runs on. */
  public enum Lake {
    /** Made anew: an earlier demo's is removed. */
    FRESH,
    /** The caller's, which is left as it is. */
    KEPT
  }

  /** Writes the files under {@code work}. */
  public static DemoData prepare(Path work, Lake lake) {
    try {
      if (lake == Lake.FRESH) {
        remove(work.resolve("lake"));
      }
      Path pipeline = Files.createDirectories(work.resolve("pipeline"));
      for (String file : List.of("pipeline.yaml", "contract.avsc")) {
        Files.write(pipeline.resolve(file), resource(file));
      }
      Path folder = work.resolve("inputs");
      remove(folder);
      Files.createDirectories(folder);
      List<Path> inputs = new ArrayList<>();
      for (String day : DAYS) {
        inputs.add(day(folder, day));
      }
      inputs.add(overlap(folder));
      inputs.add(broken(folder));
      return new DemoData(pipeline, inputs, folder.resolve(TWICE + ".ndjson"));
    } catch (IOException e) {
      throw new TransientFailure("Cannot write the demo's files: " + e.getMessage(), e);
    }
  }

  private static Path day(Path folder, String day) throws IOException {
    byte[] content = resource(day + ".ndjson");
    if (!day.equals(COMPRESSED_DAY)) {
      return Files.write(folder.resolve(day + ".ndjson"), content);
    }
    Path file = folder.resolve(day + ".ndjson.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content);
    }
    return file;
  }

  /** The end of one day and the beginning of the next, as a feed with a sliding window delivers. */
  private static Path overlap(Path folder) throws IOException {
    List<String> first = lines("2018-02-03");
    List<String> second = lines("2018-02-04");
    List<String> lines = new ArrayList<>(first.subList(first.size() - OVERLAP, first.size()));
    lines.addAll(second.subList(0, OVERLAP));
    return Files.write(folder.resolve("overlap-02-03-to-02-04.ndjson"), lines);
  }

  private static Path broken(Path folder) throws IOException {
    return Files.write(
        folder.resolve("broken-2018-02-06.ndjson"), BrokenLines.of(lines("2018-02-06")));
  }

  private static List<String> lines(String day) throws IOException {
    return new String(resource(day + ".ndjson"), StandardCharsets.UTF_8).lines().toList();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = DemoData.class.getResourceAsStream("/demo/earthquakes/" + name)) {
      if (in == null) {
        throw new IOException("Demo file does not exist: " + name);
      }
      return in.readAllBytes();
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
