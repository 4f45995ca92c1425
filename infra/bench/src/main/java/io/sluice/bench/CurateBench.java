package io.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Curates a batch of a million rows into tables of made-up orders and lets DuckDB find the same
 * rows to be new, in turn, each run in a process of its own with 1 GiB of heap, over the same
 * files; or upserts in flushes.
 */
final class CurateBench {
  private static final double NANOS = 1e9;
  private static final double BYTES_PER_MB = 1e6;

  private CurateBench() {}

  /**
   * Arguments: a folder that keeps the tables, then {@code merge CLUSTERED|RANDOM DAYS ROUNDS},
   * where a day has a million rows, or {@code upsert deletion_vectors|copy_on_write ROUNDS}, or
   * {@code large append|upsert MILLIONS ROUNDS}.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    int rounds = Integer.parseInt(arguments[arguments.length - 1]);
    List<List<String>> runs = new ArrayList<>();
    if (arguments[1].equals("merge")) {
      Keys keys = Keys.valueOf(arguments[2]);
      int days = Integer.parseInt(arguments[3]);
      new CurateRun(folder).prepare(keys, days);
      for (String run : List.of("merge", "duckdb", "duckdb-copy")) {
        runs.add(List.of(folder.toString(), run, arguments[2], arguments[3]));
      }
    } else {
      List<String> run = new ArrayList<>(List.of(arguments).subList(1, arguments.length - 1));
      run.addFirst(folder.toString());
      runs.add(run);
    }
    Map<String, List<Double>> spent = new TreeMap<>();
    for (int round = 0; round < rounds; round++) {
      for (List<String> run : runs) {
        for (String line : run(run)) {
          print(line, spent);
        }
      }
    }
    spent.forEach(
        (run, all) ->
            System.out.printf(
                Locale.ROOT,
                "median %-29s %7.2f CPU s%n",
                run,
                all.stream().sorted().toList().get(all.size() / 2)));
  }

  private static void print(String line, Map<String, List<Double>> spent) {
    String[] words = line.split(" ", -1);
    double seconds = Long.parseLong(words[1]) / NANOS;
    spent.computeIfAbsent(words[0], any -> new ArrayList<>()).add(seconds);
    System.out.printf(
        Locale.ROOT,
        "%-29s %7.2f CPU s, %7.2f s, %8.1f MB read, %6.0f MB of heap%n",
        words[0],
        seconds,
        Long.parseLong(words[2]) / NANOS,
        Long.parseLong(words[3]) / BYTES_PER_MB,
        Long.parseLong(words[4]) / BYTES_PER_MB);
  }

  private static List<String> run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                CurateRun.class.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("Cannot measure " + arguments + ": the process failed");
    }
    return printed.lines().toList();
  }
}
