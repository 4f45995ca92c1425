package io.sluice.formats.row;

import io.sluice.contracts.contract.ContractField;
import io.sluice.core.id.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The columns of a schema, in the order in which Parquet has them. */
public final class RowShape {
  private final RowType.Fields root;
  private final List<RowType.Single> columns = new ArrayList<>();
  private final Map<FieldPath, RowType.Single> byPath = new HashMap<>();

  private RowShape(Schema schema) {
    this.root = (RowType.Fields) type(schema, 0, 0);
    index(root, List.of());
  }

  /** The columns of {@code schema}, a record whose unions are those of a contract. */
  public static RowShape of(Schema schema) {
    return new RowShape(schema);
  }

  /** The record itself. */
  public RowType.Fields root() {
    return root;
  }

  /** The columns. */
  public List<RowType.Single> columns() {
    return columns;
  }

  /** The column of a single value that is in no array or map. */
  RowType.Single column(FieldPath path) {
    RowType.Single column = byPath.get(path);
    if (column == null) {
      throw AvroRow.noValue(path);
    }
    return column;
  }

  private RowType type(Schema declared, int around, int repetition) {
    boolean nullable = declared.getType() == Schema.Type.UNION;
    Schema schema = ContractField.withoutNull(declared);
    int definition = around + (nullable ? 1 : 0);
    int first = columns.size();
    return switch (schema.getType()) {
      case RECORD -> {
        List<RowType> types = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
          types.add(type(field.schema(), definition, repetition));
        }
        yield new RowType.Fields(schema, place(nullable, definition, repetition, first), types);
      }
      case ARRAY -> {
        RowType element = type(schema.getElementType(), definition + 1, repetition + 1);
        yield new RowType.Elements(schema, place(nullable, definition, repetition, first), element);
      }
      case MAP -> {
        RowType.Single key = single(Schema.create(Schema.Type.STRING), definition + 1, repetition);
        RowType value = type(schema.getValueType(), definition + 1, repetition + 1);
        yield new RowType.Entries(
            schema, place(nullable, definition, repetition, first), key, value);
      }
      default -> {
        RowType.Single single =
            new RowType.Single(
                schema,
                new RowType.Place(nullable, definition, repetition, first, first + 1),
                RowType.Kind.of(schema));
        columns.add(single);
        yield single;
      }
    };
  }

  private RowType.Single single(Schema schema, int definition, int repetition) {
    return (RowType.Single) type(schema, definition, repetition + 1);
  }

  private RowType.Place place(boolean nullable, int definition, int repetition, int first) {
    return new RowType.Place(nullable, definition, repetition, first, columns.size());
  }

  private void index(RowType.Fields record, List<String> around) {
    for (int i = 0; i < record.types().size(); i++) {
      List<String> names = new ArrayList<>(around);
      names.add(record.schema().getFields().get(i).name());
      if (record.types().get(i) instanceof RowType.Fields nested) {
        index(nested, names);
      } else if (record.types().get(i) instanceof RowType.Single single) {
        byPath.put(new FieldPath(names), single);
      }
    }
  }
}
