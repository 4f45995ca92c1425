package io.sluice.formats.json;

import io.sluice.contracts.contract.Contract;
import io.sluice.formats.row.FlatRow;
import io.sluice.formats.row.RowColumn;
import io.sluice.formats.row.RowShredder;
import io.sluice.formats.row.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Compiles the types of a contract into readers. */
final class JsonReaders {
  /**
   * 32: keys of one map that are compared with each other; larger maps are read the careful way.
   */
  private static final int MAX_COMPARED_KEYS = 32;

  /** Without conversions, so that logical values stay raw. */
  private static final GenericData RAW = new GenericData();

  private static final int MILLIS_PER_SECOND = 1000;
  private static final int MICROS_PER_SECOND = 1_000_000;

  private final JsonBytes in;
  private final FlatRow row;
  private final JsonUnknown unknown;
  private final RowShredder shredder;
  private final JsonScalars scalars;
  private final JsonTimes times;

  JsonReaders(JsonBytes in, FlatRow row, JsonUnknown unknown, RowShredder shredder) {
    this.in = in;
    this.row = row;
    this.unknown = unknown;
    this.shredder = shredder;
    this.scalars = new JsonScalars(in, row);
    this.times = new JsonTimes(in);
  }

  /** The reader of {@code type}, which stands at {@code path} for counting unknown fields. */
  JsonReader of(RowType type, String path) {
    JsonReader present =
        switch (type) {
          case RowType.Fields fields -> fields(fields, path);
          case RowType.Elements elements -> elements(elements, path);
          case RowType.Entries entries -> entries(entries, path);
          case RowType.Single single -> single(single);
        };
    return type.place().nullable() ? nullable(type.place(), present) : present;
  }

  private JsonReader nullable(RowType.Place place, JsonReader present) {
    return repetition -> {
      if (in.peek() == 'n' && in.skip(Literal.NULL)) {
        row.addMissing(place, repetition, place.definition() - 1);
      } else {
        present.read(repetition);
      }
    };
  }

  private JsonReader fields(RowType.Fields type, String path) {
    List<JsonFields.Field> fields = new ArrayList<>();
    for (int i = 0; i < type.types().size(); i++) {
      Schema.Field declared = type.schema().getFields().get(i);
      if (path.isEmpty() && declared.name().equals(Contract.EXTRAS)) {
        continue;
      }
      RowType fieldType = type.types().get(i);
      String fieldPath = path.isEmpty() ? declared.name() : path + "." + declared.name();
      fields.add(
          new JsonFields.Field(
              declared.name(), of(fieldType, fieldPath), absent(declared, fieldType)));
    }
    return new JsonFields(in, unknown, path, fields);
  }

  private JsonReader absent(Schema.Field declared, RowType type) {
    if (declared.hasDefaultValue()) {
      Object value = RAW.getDefaultValue(declared);
      return repetition -> shredder.add(type, value, repetition);
    }
    return type.place().nullable()
        ? nothing(type)
        : repetition -> {
          throw StepAside.NOW;
        };
  }

  /** Reads nothing, and adds null for a type that may be null. */
  JsonReader nothing(RowType type) {
    RowType.Place place = type.place();
    return repetition -> row.addMissing(place, repetition, place.definition() - 1);
  }

  private JsonReader elements(RowType.Elements type, String path) {
    JsonReader element = of(type.element(), path + "[]");
    RowType.Place place = type.place();
    return repetition -> {
      in.expect('[');
      if (in.next() == ']') {
        in.advance(1);
        row.addMissing(place, repetition, place.definition());
        return;
      }
      int next = repetition;
      do {
        in.next();
        element.read(next);
        next = place.repetition() + 1;
      } while (in.hasMore(']'));
    };
  }

  private JsonReader entries(RowType.Entries type, String path) {
    JsonReader value = of(type.value(), path + "{}");
    RowType.Place place = type.place();
    RowColumn keys = row.column(type.key().column());
    return repetition -> {
      in.expect('{');
      if (in.next() == '}') {
        in.advance(1);
        row.addMissing(place, repetition, place.definition());
        return;
      }
      int firstKey = keys.present();
      int next = repetition;
      do {
        keys.add(next, type.key().place().definition(), key(keys, firstKey));
        in.expect(':');
        in.next();
        value.read(next);
        next = place.repetition() + 1;
      } while (in.hasMore('}'));
    };
  }

  /** Goes behind a key, which is none of those before it. */
  private long key(RowColumn keys, int firstKey) {
    long key = scalars.name();
    int count = keys.present();
    if (count - firstKey == MAX_COMPARED_KEYS) {
      throw StepAside.NOW;
    }
    for (int i = firstKey; i < count; i++) {
      if (isSame(keys.value(i), key)) {
        throw StepAside.NOW;
      }
    }
    return key;
  }

  private boolean isSame(long one, long other) {
    int start = FlatRow.start(one);
    int otherStart = FlatRow.start(other);
    return Arrays.equals(
        row.holder(one),
        start,
        start + FlatRow.length(one),
        row.holder(other),
        otherStart,
        otherStart + FlatRow.length(other));
  }

  private JsonReader single(RowType.Single type) {
    return switch (type.kind()) {
      case BOOLEAN -> add(type, scalars::bool);
      case INT ->
          type.schema().getLogicalType() == null
              ? add(type, scalars::integer)
              : add(type, times::date);
      case LONG -> longs(type);
      case FLOAT -> add(type, scalars::floatBits);
      case DOUBLE -> add(type, scalars::doubleBits);
      case TEXT -> add(type, scalars::text);
      case SYMBOL -> symbols(type);
      case BYTES, FIXED ->
          type.schema().getLogicalType() instanceof LogicalTypes.Decimal decimal
              ? new JsonDecimal(in, row, type, decimal)
              : binary(type);
      case UUID -> add(type, scalars::uuid);
    };
  }

  private JsonReader longs(RowType.Single type) {
    return switch (type.schema().getLogicalType()) {
      case null -> add(type, () -> JsonNumber.longValue(in));
      case LogicalTypes.TimestampMillis ignored ->
          add(type, () -> times.timestamp(MILLIS_PER_SECOND));
      case LogicalTypes.TimestampMicros ignored ->
          add(type, () -> times.timestamp(MICROS_PER_SECOND));
      default -> throw new IllegalArgumentException("Invalid contract: " + type.schema());
    };
  }

  private JsonReader binary(RowType.Single type) {
    int size = type.kind() == RowType.Kind.FIXED ? type.schema().getFixedSize() : -1;
    return add(type, () -> scalars.binary(size));
  }

  private JsonReader symbols(RowType.Single type) {
    Name[] symbols = type.schema().getEnumSymbols().stream().map(Name::new).toArray(Name[]::new);
    return add(type, () -> scalars.symbol(symbols));
  }

  private JsonReader add(RowType.Single type, Scalar scalar) {
    RowColumn column = row.column(type.column());
    int definition = type.place().definition();
    return repetition -> column.add(repetition, definition, scalar.read());
  }

  /** Reads a single value as a column keeps it. */
  @FunctionalInterface
  private interface Scalar {
    long read();
  }
}
