package io.sluice.formats.change;

import java.util.Arrays;
import java.util.Optional;

/** What a change did to its row; the words are Debezium's. */
public enum Operation {
  /** The row was inserted. */
  CREATE("c"),
  /** The row was there when the source was first read: a snapshot's insert. */
  READ("r"),
  /** The row was changed; its key was not. */
  UPDATE("u"),
  /** The row was deleted. */
  DELETE("d"),
  /** All rows that were there were deleted. */
  TRUNCATE("t");

  private final String word;

  Operation(String word) {
    this.word = word;
  }

  /** As it stands in {@link ChangeColumns#OPERATION}. */
  public String word() {
    return word;
  }

  /** The operation of that word, if there is one. */
  public static Optional<Operation> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }
}
