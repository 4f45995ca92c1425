package io.sluice.formats.row;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Puts a flat row together again, as Parquet's readers do. */
final class RowRecords {
  private final FlatRow row;
  private final int[] entry;
  private final int[] present;

  RowRecords(FlatRow row) {
    this.row = row;
    this.entry = new int[row.shape().columns().size()];
    this.present = new int[entry.length];
  }

  GenericRecord record() {
    return fields(row.shape().root());
  }

  private @Nullable Object value(RowType type) {
    RowType.Place place = type.place();
    if (place.nullable() && definition(place) < place.definition()) {
      skip(place);
      return null;
    }
    return switch (type) {
      case RowType.Fields fields -> fields(fields);
      case RowType.Elements elements -> elements(elements);
      case RowType.Entries entries -> entries(entries);
      case RowType.Single single -> single(single);
    };
  }

  private GenericRecord fields(RowType.Fields type) {
    GenericRecord record = new GenericData.Record(type.schema());
    for (int i = 0; i < type.types().size(); i++) {
      record.put(i, value(type.types().get(i)));
    }
    return record;
  }

  private Object elements(RowType.Elements type) {
    List<@Nullable Object> elements = new ArrayList<>();
    if (isEmpty(type.place())) {
      skip(type.place());
    } else {
      do {
        elements.add(value(type.element()));
      } while (hasNext(type.place()));
    }
    return new GenericData.Array<>(type.schema(), elements);
  }

  private Object entries(RowType.Entries type) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    if (isEmpty(type.place())) {
      skip(type.place());
    } else {
      do {
        String key = single(type.key()).toString();
        entries.put(key, value(type.value()));
      } while (hasNext(type.place()));
    }
    return entries;
  }

  private Object single(RowType.Single type) {
    entry[type.column()]++;
    long value = row.column(type.column()).value(present[type.column()]++);
    Object object = row.object(type, value);
    Schema schema = type.schema();
    return switch (type.kind()) {
      case SYMBOL -> new GenericData.EnumSymbol(schema, object.toString());
      case FIXED -> new GenericData.Fixed(schema, ((ByteBuffer) object).array());
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE, TEXT, BYTES, UUID -> object;
    };
  }

  private int definition(RowType.Place place) {
    return row.column(place.firstColumn()).definition(entry[place.firstColumn()]);
  }

  private boolean isEmpty(RowType.Place place) {
    return definition(place) == place.definition();
  }

  private boolean hasNext(RowType.Place place) {
    RowColumn column = row.column(place.firstColumn());
    int next = entry[place.firstColumn()];
    return next < column.entries() && column.repetition(next) == place.repetition() + 1;
  }

  private void skip(RowType.Place place) {
    for (int i = place.firstColumn(); i < place.endColumn(); i++) {
      entry[i]++;
    }
  }
}
