package io.sluice.contracts.pipeline;

import io.sluice.contracts.framing.Framing;
import io.sluice.contracts.registry.Registries;
import java.util.List;
import java.util.Optional;

/** Reads how the bytes of a record say which schema wrote them. */
final class FramingReader {
  private final Declaration ingestion;
  private final Problems problems;

  FramingReader(Declaration ingestion, Problems problems) {
    this.ingestion = ingestion;
    this.problems = problems;
  }

  /** The framing; none where none, or none with a meaning, is declared. */
  Framing read() {
    return ingestion.word("framing").flatMap(word -> Framing.of(word.text())).orElse(Framing.NONE);
  }

  /** Notes what cannot have frames, and who cannot know their schemas. */
  void check() {
    ingestion.choose("framing", Framing.words(), List.of(), problems);
    Framing framing = read();
    if (framing != Framing.NONE) {
      Word word = ingestion.word("framing").orElseThrow();
      checkFormat(word);
      ingestion
          .word("schema_registry")
          .filter(registry -> !knows(framing, registry.text()))
          .ifPresent(
              registry ->
                  problems.invalid(
                      word,
                      "its schema ids are in %s, not in %s"
                          .formatted(registriesOf(framing), registry.text())));
    }
  }

  private void checkFormat(Word framing) {
    Optional<Word> format = ingestion.word("format");
    if (format.map(Word::text).filter(Format.AVRO.word()::equals).isEmpty()) {
      problems.invalid(
          framing,
          "format: avro is wanted, whose files hold the frames as bytes; "
              + format.map(word -> word.text() + " has no place for them").orElse("none is there"));
    }
  }

  private static boolean knows(Framing framing, String registry) {
    if (registry.equals(Registries.OBJECTS)) {
      return true;
    }
    return switch (framing) {
      case NONE -> true;
      case CONFLUENT -> registry.startsWith("http");
      case GLUE -> registry.startsWith(Registries.GLUE);
      case SINGLE_OBJECT -> false;
    };
  }

  private static String registriesOf(Framing framing) {
    return switch (framing) {
      case NONE -> "no registry";
      case CONFLUENT -> "http(s)://… or objects";
      case GLUE -> "glue or objects";
      case SINGLE_OBJECT -> "objects";
    };
  }
}
