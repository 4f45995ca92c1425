package io.sluice.formats.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Shreds Avro values into the columns of a row. */
public final class RowShredder {
  private static final byte[] NO_SOURCE = new byte[0];

  private final FlatRow row;

  /** A shredder into {@code row}, over and over. */
  public RowShredder(FlatRow row) {
    this.row = row;
  }

  /** Replaces what is in the row by {@code record}, which is of its schema; logical values raw. */
  public FlatRow shred(IndexedRecord record) {
    row.begin(NO_SOURCE);
    add(row.shape().root(), record, 0);
    return row;
  }

  /** Adds one value of a record, raw, to what is in the row. */
  public void add(RowType type, @Nullable Object value, int repetition) {
    RowType.Place place = type.place();
    if (value == null) {
      if (!place.nullable()) {
        throw new IllegalArgumentException("Invalid record: null is no " + type);
      }
      row.addMissing(place, repetition, place.definition() - 1);
      return;
    }
    switch (type) {
      case RowType.Fields fields -> {
        IndexedRecord record = (IndexedRecord) value;
        for (int i = 0; i < fields.types().size(); i++) {
          add(fields.types().get(i), record.get(i), repetition);
        }
      }
      case RowType.Elements elements -> addElements(elements, (Collection<?>) value, repetition);
      case RowType.Entries entries -> addEntries(entries, (Map<?, ?>) value, repetition);
      case RowType.Single single ->
          row.column(single.column()).add(repetition, place.definition(), raw(single, value));
    }
  }

  private void addElements(RowType.Elements type, Collection<?> elements, int repetition) {
    if (elements.isEmpty()) {
      row.addMissing(type.place(), repetition, type.place().definition());
    }
    int next = repetition;
    for (Object element : elements) {
      add(type.element(), element, next);
      next = type.place().repetition() + 1;
    }
  }

  private void addEntries(RowType.Entries type, Map<?, ?> entries, int repetition) {
    if (entries.isEmpty()) {
      row.addMissing(type.place(), repetition, type.place().definition());
    }
    int next = repetition;
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      add(type.key(), entry.getKey(), next);
      add(type.value(), entry.getValue(), next);
      next = type.place().repetition() + 1;
    }
  }

  private long raw(RowType.Single type, Object value) {
    return switch (type.kind()) {
      case BOOLEAN -> (Boolean) value ? 1 : 0;
      case INT, LONG -> ((Number) value).longValue();
      case FLOAT -> Float.floatToRawIntBits((Float) value);
      case DOUBLE -> Double.doubleToRawLongBits((Double) value);
      case TEXT, SYMBOL -> row.copy(utf8(value));
      case BYTES -> row.copy(remaining((ByteBuffer) value));
      case FIXED -> row.copy(((GenericFixed) value).bytes());
      case UUID -> row.copy(UUID.fromString(value.toString()));
    };
  }

  private static byte[] utf8(Object text) {
    return text instanceof Utf8 encoded
        ? Arrays.copyOf(encoded.getBytes(), encoded.getByteLength())
        : text.toString().getBytes(UTF_8);
  }

  private static byte[] remaining(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
