package io.sluice.contracts.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the bytes of a source object are, once they are decompressed. */
public enum Format {
  /** A JSON object per line. */
  NDJSON,
  /** Arrays of JSON objects, or objects one after the other. */
  JSON,
  /** Lines of cells, by commas unless something else is declared. */
  CSV,
  /** {@link #CSV} by tabs. */
  TSV,
  /** An Avro object container file. */
  AVRO,
  /** A Parquet file. */
  PARQUET,
  /** Debezium's change events, in JSON or in an Avro object container file. */
  DEBEZIUM,
  /** Told for each object by what it is named and what it starts with; never {@link #DEBEZIUM}. */
  DETECTED;

  /** The word of a declaration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of a declaration's word, if it has a meaning. */
  static Optional<Format> of(String word) {
    return Arrays.stream(values())
        .filter(format -> format != DETECTED && format.word().equals(word))
        .findFirst();
  }

  /** All words that {@link #of} knows. */
  static List<String> words() {
    return Arrays.stream(values()).filter(format -> format != DETECTED).map(Format::word).toList();
  }
}
