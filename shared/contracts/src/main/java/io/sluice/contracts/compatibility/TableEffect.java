package io.sluice.contracts.compatibility;

/** What a difference asks of the table. */
public enum TableEffect {
  /** Nothing: the column stays as it is. */
  NONE("none"),
  /** A column more, empty in the rows that are there. */
  ADD_COLUMN("add column"),
  /** A column of a wider type, as the one that is there promotes to. */
  WIDEN("widen"),
  /** A column that may be null from now on. */
  MAKE_OPTIONAL("make optional"),
  /** The same column under another name. */
  RENAME("rename"),
  /** The same columns in another order. */
  REORDER("reorder"),
  /** What no table can do with the rows that it has. */
  IMPOSSIBLE("not possible");

  private final String word;

  TableEffect(String word) {
    this.word = word;
  }

  /** As in reports. */
  public String word() {
    return word;
  }
}
