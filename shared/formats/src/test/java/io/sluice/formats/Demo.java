package io.sluice.formats;

import io.sluice.contracts.contract.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real records that ship with the project. */
public final class Demo {
  private static final Path FOLDER =
      Path.of(System.getProperty("sluice.root"))
          .resolve("infra/local/src/main/resources/demo/earthquakes");

  private Demo() {}

  /** The contract of the demo. */
  public static Contract contract() {
    try {
      return Contract.parse(Files.readString(FOLDER.resolve("contract.avsc")), "contract.avsc");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The input files, one per day. */
  public static List<byte[]> files() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".ndjson"))
          .sorted()
          .map(Demo::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
