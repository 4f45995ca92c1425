package io.sluice.formats.json;

/** Reads the value that the text stands at into the row. */
@FunctionalInterface
interface JsonReader {
  /** Goes behind the value; {@code repetition} is the level of its first entry. */
  void read(int repetition);
}
