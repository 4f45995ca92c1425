package io.sluice.land.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FuzzCorpusTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("sluice.root"), "infra/fuzz/corpus");

  private static Set<String> targets() {
    return Fuzz.names();
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void takesEveryInputThatEverMattered(String name) throws IOException {
    // Given
    FuzzTarget target = Fuzz.target(name);
    List<Path> inputs = sorted(CORPUS.resolve(name));

    // Then
    assertThat(inputs).isNotEmpty();
    for (Path input : inputs) {
      byte[] content = Files.readAllBytes(input);
      assertThatCode(() -> Fuzz.within(target, content))
          .as(input.toString())
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ndjson,ndjson",
    "json,json",
    "csv,csv",
    "tsv,tsv",
    "avro,avro",
    "parquet,parquet",
    "debezium-json,debezium",
    "debezium-avro,debezium",
  })
  void landsEveryObjectThatEverMattered(String folder, String format) throws IOException {
    for (Path input : sorted(CORPUS.resolve(folder))) {
      byte[] content = Files.readAllBytes(input);
      assertThatCode(() -> LandedObject.land(format, content))
          .as(input.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void hasATargetForEachFolderOfInputs() throws IOException {
    Set<String> folders = new TreeSet<>();
    sorted(CORPUS).forEach(folder -> folders.add(folder.getFileName().toString()));
    assertThat(folders).isEqualTo(targets());
  }
}
