package io.sluice.formats.row;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * One type of a contract and where it stands among the columns.
 *
 * <p>Levels are those of Parquet's three-level lists: a nullable value adds a definition level, an
 * array or map adds one of each for its elements.
 */
public sealed interface RowType {
  /** The levels, and the columns beneath. */
  Place place();

  /**
   * Where a type stands.
   *
   * @param nullable whether it may be null; then that is one definition level less
   * @param definition the definition level of what is there
   * @param repetition how many arrays and maps are around it
   * @param firstColumn the first column beneath it
   * @param endColumn the one behind the last
   */
  record Place(boolean nullable, int definition, int repetition, int firstColumn, int endColumn) {}

  /** A record; the fields are in the order of the schema's. */
  record Fields(Schema schema, Place place, List<RowType> types) implements RowType {
    /** Copies the fields. */
    public Fields {
      types = List.copyOf(types);
    }
  }

  /** An array. */
  record Elements(Schema schema, Place place, RowType element) implements RowType {}

  /** A map; its keys are the first column. */
  record Entries(Schema schema, Place place, Single key, RowType value) implements RowType {}

  /** A single value: one column. */
  record Single(Schema schema, Place place, Kind kind) implements RowType {
    /** Its column. */
    public int column() {
      return place.firstColumn();
    }
  }

  /** How a value is kept. */
  enum Kind {
    BOOLEAN,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    TEXT,
    SYMBOL,
    BYTES,
    FIXED,
    /** 16 bytes. */
    UUID;

    private static final Map<Schema.Type, Kind> BY_TYPE =
        Map.of(
            Schema.Type.BOOLEAN, BOOLEAN,
            Schema.Type.INT, INT,
            Schema.Type.LONG, LONG,
            Schema.Type.FLOAT, FLOAT,
            Schema.Type.DOUBLE, DOUBLE,
            Schema.Type.STRING, TEXT,
            Schema.Type.ENUM, SYMBOL,
            Schema.Type.BYTES, BYTES,
            Schema.Type.FIXED, FIXED);

    static Kind of(Schema type) {
      Kind kind = BY_TYPE.get(type.getType());
      if (kind == null) {
        throw new IllegalArgumentException("Invalid column type: " + type);
      }
      return kind == TEXT && type.getLogicalType() != null ? UUID : kind;
    }
  }
}
