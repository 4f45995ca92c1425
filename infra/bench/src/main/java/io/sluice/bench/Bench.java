package io.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lands made-up events and copies the same file with DuckDB, in turn, each run in a process of its
 * own, and prints MB/s per CPU second. Of land the whole process counts, the JVM's start, its
 * compilers and its garbage collector included; {@code land-warm} is its second pass alone.
 */
final class Bench {
  private static final double BYTES_PER_MB = 1e6;

  private Bench() {}

  /** Arguments: a folder for the files, rows (2,000,000), rounds (3). */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    long rows = arguments.length > 1 ? Long.parseLong(arguments[1]) : 2_000_000;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
    Path input = folder.resolve("events-" + rows + ".ndjson");
    if (!Files.exists(input)) {
      Events.write(input, rows);
    }
    double megabytes = Files.size(input) / BYTES_PER_MB;
    System.out.printf(
        Locale.ROOT,
        "%d rows, %.0f MB, %.0f bytes a row%n",
        rows,
        megabytes,
        megabytes * 1e6 / rows);
    Map<String, List<Double>> speeds = new TreeMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Run run : Run.values()) {
        double[] result = run.measure(input, folder);
        double speed = megabytes / result[0];
        speeds.computeIfAbsent(run.name(), name -> new ArrayList<>()).add(speed);
        System.out.printf(
            Locale.ROOT,
            "%-12s %6.1f MB/s per CPU second, %6.2f CPU s, %6.2f s, %.1f MB written%n",
            run,
            speed,
            result[0],
            result[1],
            result[2] / BYTES_PER_MB);
      }
    }
    speeds.forEach(
        (run, all) ->
            System.out.printf(
                Locale.ROOT,
                "median %-12s %6.1f MB/s per CPU second%n",
                run,
                all.stream().sorted().toList().get(all.size() / 2)));
  }

  private enum Run {
    LAND("land"),
    LAND_WARM("land-warm"),
    DUCKDB_1("duckdb", "1"),
    DUCKDB("duckdb", "0");

    private final String name;
    private final String threads;

    Run(String name) {
      this(name, "0");
    }

    Run(String name, String threads) {
      this.name = name;
      this.threads = threads;
    }

    /** CPU seconds, seconds, bytes. */
    double[] measure(Path input, Path folder) throws IOException, InterruptedException {
      Path output = folder.resolve(name + ".parquet");
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-XX:+UseSerialGC",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Measured.class.getName(),
                  name,
                  input.toString(),
                  output.toString(),
                  threads)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IOException("Cannot measure " + this + ": the process failed");
      }
      String[] numbers = printed.split(" ", -1);
      return new double[] {
        Double.parseDouble(numbers[0]),
        Double.parseDouble(numbers[1]),
        Double.parseDouble(numbers[2])
      };
    }
  }
}
