package io.sluice.contracts.pipeline;

import java.util.Map;

/** Reads the limits that are declared, none beyond what is safe. */
final class LimitsReader {
  static final Shape SHAPE =
      new Shape.Section(
          Map.of(
              "record_bytes", Shape.NUMBER,
              "depth", Shape.NUMBER,
              "fields", Shape.NUMBER,
              "string_bytes", Shape.NUMBER,
              "object_bytes", Shape.NUMBER,
              "ratio", Shape.NUMBER,
              "rows", Shape.NUMBER,
              "errors", Shape.NUMBER));

  /** A million: what the names of 16 MiB of JSON can be. */
  private static final long MOST_FIELDS = 1_000_000;

  /** 10 TiB: twice the largest object of S3. */
  private static final long MOST_OBJECT_BYTES = 10L << 40;

  /** A hundred thousand: beyond it nothing but zeroes compresses. */
  private static final long MOST_RATIO = 100_000;

  /** 2^40: ordinals stay far from the end of 64 bits. */
  private static final long MOST_ROWS = 1L << 40;

  private final Declaration declared;
  private final Problems problems;

  LimitsReader(Declaration declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
  }

  Limits read() {
    Limits usual = Limits.DEFAULT;
    return new Limits(
        (int) whole("record_bytes", usual.recordBytes(), usual.recordBytes()),
        (int) whole("depth", usual.depth(), usual.depth()),
        (int) whole("fields", usual.fields(), MOST_FIELDS),
        (int) whole("string_bytes", usual.stringBytes(), usual.recordBytes()),
        whole("object_bytes", usual.objectBytes(), MOST_OBJECT_BYTES),
        (int) whole("ratio", usual.ratio(), MOST_RATIO),
        whole("rows", usual.rows(), MOST_ROWS),
        (int) whole("errors", usual.errors(), usual.errors()));
  }

  private long whole(String key, long otherwise, long most) {
    return declared
        .word(key)
        .map(
            word -> {
              double number = word.number();
              if (number < 1 || number > most || number != Math.rint(number)) {
                problems.invalid(word, "a whole number from 1 to " + most + " is wanted");
                return otherwise;
              }
              return (long) number;
            })
        .orElse(otherwise);
  }
}
