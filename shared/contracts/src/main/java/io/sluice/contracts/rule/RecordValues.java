package io.sluice.contracts.rule;

import org.jspecify.annotations.Nullable;

/** One record, as rules see it. */
@FunctionalInterface
public interface RecordValues {
  /**
   * The value of a field, raw as Avro has it: {@code Integer}, {@code Long}, {@code Float}, {@code
   * Double}, {@code Boolean}, {@code CharSequence}, {@code ByteBuffer}, {@code GenericFixed}, an
   * enum's symbol, {@code Collection} or {@code Map}. Null when it, or a record around it, is null.
   *
   * @param field its position in {@link BatchRules#fields}
   */
  @Nullable Object value(int field);
}
