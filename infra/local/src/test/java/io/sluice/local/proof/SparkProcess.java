package io.sluice.local.proof;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Spark in a process of its own, with a class path and a Java of its own. */
final class SparkProcess {
  private static final int PATIENCE_MINUTES = 10;

  /** What Spark's own launcher opens. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private SparkProcess() {}

  /**
   * One reading.
   *
   * @param option {@code branch} or {@code versionAsOf}
   */
  record Wanted(String table, String option, String value, Path file) {
    private String line() {
      return String.join("\t", table, option, value, file.toString());
    }
  }

  /** Has it read all that is wanted; says what it is. */
  static String read(String catalog, Path objects, List<Wanted> wanted, Path folder)
      throws IOException, InterruptedException {
    Path module = Path.of(System.getProperty("sluice.root"), "infra/engines/target");
    Path list = Files.write(folder.resolve("wanted"), wanted.stream().map(Wanted::line).toList());
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("engines.java"));
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.addAll(
        List.of(
            "-cp",
            module.resolve("classes")
                + File.pathSeparator
                + Files.readString(module.resolve("classpath")),
            "io.sluice.engines.SparkRows",
            catalog,
            objects.toString(),
            list.toString()));
    Path out = folder.resolve("out");
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("Spark failed: " + Files.readString(log));
    }
    try (Stream<String> lines = Files.lines(out)) {
      return lines.findFirst().orElse("");
    }
  }
}
