package io.sluice.local.cloud.lambda;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/** The log file of one function. When it is full, it takes the place of the one before it. */
final class ProcessLog {
  /** Two of these files for each function: small beside any lake, days of ordinary logs. */
  private static final long MAX_BYTES = 16L * 1024 * 1024;

  /** Enough to show an exception with its message. */
  private static final int LAST_LINES = 40;

  private final Path file;
  private final Deque<String> last = new ArrayDeque<>();

  ProcessLog(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** Copies everything that a process writes, until it ends. */
  void copy(InputStream output) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      BufferedWriter writer = open();
      try {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          remember(line);
          writer.write(line);
          writer.newLine();
          if (!lines.ready()) {
            writer.flush();
            if (Files.size(file) > MAX_BYTES) {
              writer.close();
              Files.move(
                  file,
                  file.resolveSibling(file.getFileName() + ".1"),
                  StandardCopyOption.REPLACE_EXISTING);
              writer = open();
            }
          }
        }
      } finally {
        writer.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What tells best why a process ended: its last line that speaks of an error, else its last line.
   */
  synchronized String lastWords() {
    return last.stream()
        .filter(line -> !line.startsWith("\tat "))
        .filter(line -> line.contains("Exception") || line.contains("Error"))
        .reduce((earlier, later) -> later)
        .or(() -> last.stream().filter(ProcessLog::speaks).reduce((one, two) -> two))
        .map(String::strip)
        .orElse("it wrote nothing");
  }

  /** Not so empty lines, nor the frame that a crashing JVM draws around its report. */
  private static boolean speaks(String line) {
    return line.strip().length() > 1;
  }

  private synchronized void remember(String line) {
    if (last.size() == LAST_LINES) {
      last.removeFirst();
    }
    last.addLast(line);
  }

  private BufferedWriter open() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
