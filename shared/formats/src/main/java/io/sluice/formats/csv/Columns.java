package io.sluice.formats.csv;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.ContractField;
import io.sluice.contracts.pipeline.CsvDialect;
import io.sluice.core.id.FieldPath;
import io.sluice.formats.framing.CsvRows;
import io.sluice.formats.rendering.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Which column is which field: the rows of one header as JSON objects. */
final class Columns {
  private static final String FIELD = "[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*";
  private static final Schema UNKNOWN = Schema.create(Schema.Type.STRING);

  private final int count;
  private final byte[] nullText;
  private final Node.Group root;

  private Columns(int count, byte[] nullText, Node.Group root) {
    this.count = count;
    this.nullText = nullText;
    this.root = root;
  }

  /**
   * The columns of {@code names}.
   *
   * @throws IllegalArgumentException with the reason when a name is no field's, stands there twice,
   *     or a field that every record must have is none
   */
  static Columns of(List<String> names, CsvDialect dialect, Contract contract) {
    Node.Group root = new Node.Group(false);
    for (int i = 0; i < names.size(); i++) {
      root.add(path(names.get(i), dialect), 0, i, contract.schema());
    }
    Set<String> lacking = new TreeSet<>();
    root.lacking(contract.schema(), "", lacking);
    if (!lacking.isEmpty()) {
      throw new IllegalArgumentException(
          "its header lacks the required columns " + String.join(", ", lacking));
    }
    return new Columns(names.size(), dialect.nullText().getBytes(StandardCharsets.UTF_8), root);
  }

  private static List<String> path(String name, CsvDialect dialect) {
    FieldPath mapped = dialect.mapping().get(name);
    if (mapped != null) {
      return mapped.names();
    }
    if (!name.matches(FIELD)) {
      throw new IllegalArgumentException(
          "its column \""
              + name
              + "\" is not the name of a field, and not in ingestion.csv.mapping");
    }
    return FieldPath.parse(name).names();
  }

  int count() {
    return count;
  }

  /** Writes a row that has as many cells as there are columns. */
  void write(CsvRows row, JsonBytes out) {
    byte[] @Nullable [] cells = new byte[count][];
    for (int i = 0; i < count; i++) {
      byte[] cell = row.cell(i);
      cells[i] = !row.isQuoted(i) && Arrays.equals(cell, nullText) ? null : cell;
    }
    root.write(cells, out);
  }

  private sealed interface Node {
    boolean isPresent(byte[] @Nullable [] cells);

    void write(byte[] @Nullable [] cells, JsonBytes out);

    boolean isNullable();

    /** One cell. */
    record Leaf(int column, Schema type, boolean isNullable) implements Node {
      @Override
      public boolean isPresent(byte[] @Nullable [] cells) {
        return cells[column] != null;
      }

      @Override
      public void write(byte[] @Nullable [] cells, JsonBytes out) {
        byte[] cell = cells[column];
        if (cell == null) {
          out.nothing();
        } else {
          CellText.write(cell, type, out);
        }
      }
    }

    /** The cells of a record. Null where it may be and none of its cells says anything. */
    final class Group implements Node {
      private final boolean nullable;
      private final Map<String, Node> fields = new LinkedHashMap<>();
      private final List<byte[]> names = new ArrayList<>();

      Group(boolean nullable) {
        this.nullable = nullable;
      }

      void add(List<String> path, int depth, int column, @Nullable Schema record) {
        String name = path.get(depth);
        Schema.Field field =
            record == null || record.getType() != Schema.Type.RECORD ? null : record.getField(name);
        Schema type = field == null ? UNKNOWN : ContractField.withoutNull(field.schema());
        boolean mayBeNull = field != null && field.schema().isNullable();
        Node there = fields.get(name);
        boolean last = depth == path.size() - 1;
        if (there == null) {
          names.add(name.getBytes(StandardCharsets.UTF_8));
          there = last ? new Leaf(column, type, mayBeNull) : new Group(mayBeNull);
          fields.put(name, there);
        } else if (last || there instanceof Leaf) {
          throw new IllegalArgumentException(
              "two of its columns are the field " + String.join(".", path));
        }
        if (!last && there instanceof Group group) {
          group.add(path, depth + 1, column, type);
        }
      }

      void lacking(Schema record, String prefix, Set<String> paths) {
        for (Schema.Field field : record.getFields()) {
          Schema type = field.schema();
          Node there = fields.get(field.name());
          if (there == null) {
            if (!type.isNullable() && !field.hasDefaultValue()) {
              paths.add(prefix + field.name());
            }
          } else if (there instanceof Group group) {
            Schema inner = ContractField.withoutNull(type);
            if (inner.getType() == Schema.Type.RECORD) {
              group.lacking(inner, prefix + field.name() + ".", paths);
            }
          }
        }
      }

      @Override
      public boolean isNullable() {
        return nullable;
      }

      @Override
      public boolean isPresent(byte[] @Nullable [] cells) {
        return fields.values().stream().anyMatch(field -> field.isPresent(cells));
      }

      @Override
      public void write(byte[] @Nullable [] cells, JsonBytes out) {
        out.open('{');
        int i = 0;
        for (Node field : fields.values()) {
          byte[] name = names.get(i++);
          if (field.isPresent(cells) || (field instanceof Group && !field.isNullable())) {
            out.name(name);
            field.write(cells, out);
          } else if (field.isNullable()) {
            out.name(name);
            out.nothing();
          }
        }
        out.close('}');
      }
    }
  }
}
