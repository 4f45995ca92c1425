package io.sluice.formats.avro;

import io.sluice.contracts.contract.ContractField;
import io.sluice.formats.rendering.JsonBytes;
import io.sluice.formats.rendering.Moments;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a writer schema into what writes its values as JSON, so that the record decoder reads
 * them as Avro's schema resolution would: fields by name or by the contract's alias, numbers
 * widened, strings and bytes as each other, times converted. What does not resolve is left to the
 * decoder to refuse, with its path.
 */
final class AvroRenderers {
  /** More digits than any decimal of a contract; to print numbers takes the square of them. */
  private static final int MAX_DECIMAL_BYTES = 64;

  /** A hundred thousand: a schema can say little and unfold to any size. */
  private static final int MAX_TYPES = 100_000;

  private final Map<String, Later> unknownRecords = new HashMap<>();
  private int types;

  private AvroRenderers() {}

  /**
   * What renders values of {@code written} for the type {@code wanted} of a contract.
   *
   * @throws IllegalArgumentException when the written schema is too large
   */
  static ValueRenderer compile(Schema written, Schema wanted) {
    return new AvroRenderers().of(written, wanted);
  }

  private ValueRenderer of(Schema written, @Nullable Schema mayBeNull) {
    if (++types > MAX_TYPES) {
      throw new IllegalArgumentException("its schema unfolds to over " + MAX_TYPES + " types");
    }
    Schema wanted = mayBeNull == null ? null : ContractField.withoutNull(mayBeNull);
    String logical = written.getLogicalType() == null ? null : written.getLogicalType().getName();
    boolean moment = Moments.differ(logical, wanted);
    return switch (written.getType()) {
      case NULL -> (in, out) -> out.nothing();
      case BOOLEAN -> AvroRenderers::bool;
      case INT ->
          moment ? moment(logical, AvroCursor::readInt) : (in, out) -> out.number(in.readInt());
      case LONG ->
          moment ? moment(logical, AvroCursor::readLong) : (in, out) -> out.number(in.readLong());
      case FLOAT -> (in, out) -> out.number(in.readFloat());
      case DOUBLE -> (in, out) -> out.number(in.readDouble());
      case STRING -> string(wanted);
      case BYTES -> bytes(written, wanted, AvroCursor::readBytes);
      case FIXED -> bytes(written, wanted, in -> in.readFixed(written.getFixedSize()));
      case ENUM -> symbol(written.getEnumSymbols());
      case ARRAY -> array(of(written.getElementType(), inside(wanted, Schema.Type.ARRAY)));
      case MAP -> map(of(written.getValueType(), inside(wanted, Schema.Type.MAP)));
      case UNION -> union(written.getTypes().stream().map(each -> of(each, wanted)).toList());
      case RECORD -> record(written, wanted);
    };
  }

  private static @Nullable Schema inside(@Nullable Schema wanted, Schema.Type container) {
    if (wanted == null || wanted.getType() != container) {
      return null;
    }
    return container == Schema.Type.ARRAY ? wanted.getElementType() : wanted.getValueType();
  }

  private static void bool(AvroCursor in, JsonBytes out) throws IOException {
    int value = in.readByte();
    if (value > 1) {
      throw new IOException("it has the boolean " + value);
    }
    out.bool(value == 1);
  }

  private static ValueRenderer moment(@Nullable String logical, Source<? extends Number> source) {
    return (in, out) ->
        out.string(Moments.text(String.valueOf(logical), source.read(in).longValue()));
  }

  private static ValueRenderer string(@Nullable Schema wanted) {
    boolean asBytes =
        wanted != null && wanted.getType() == Schema.Type.BYTES && wanted.getLogicalType() == null;
    return (in, out) -> {
      byte[] utf8 = in.readBytes();
      if (asBytes) {
        out.base64(utf8);
      } else {
        out.string(utf8, 0, utf8.length);
      }
    };
  }

  private static ValueRenderer bytes(
      Schema written, @Nullable Schema wanted, Source<byte[]> source) {
    if (written.getLogicalType() instanceof LogicalTypes.Decimal decimal
        && (wanted == null || wanted.getLogicalType() instanceof LogicalTypes.Decimal)) {
      return (in, out) -> decimal(source.read(in), decimal.getScale(), out);
    }
    boolean text = wanted != null && wanted.getType() == Schema.Type.STRING;
    if (text && written.getType() == Schema.Type.FIXED && written.getLogicalType() != null) {
      return (in, out) -> uuid(source.read(in), out);
    }
    return (in, out) -> {
      byte[] value = source.read(in);
      if (text) {
        out.string(value, 0, value.length);
      } else {
        out.base64(value);
      }
    };
  }

  private static void decimal(byte[] unscaled, int scale, JsonBytes out) {
    if (unscaled.length == 0 || unscaled.length > MAX_DECIMAL_BYTES) {
      out.base64(unscaled);
    } else {
      BigDecimal value = new BigDecimal(new BigInteger(unscaled), scale);
      out.raw(value.toString().getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void uuid(byte[] value, JsonBytes out) {
    if (value.length == 2 * Long.BYTES) {
      ByteBuffer halves = ByteBuffer.wrap(value);
      out.string(new UUID(halves.getLong(), halves.getLong()).toString());
    } else {
      out.base64(value);
    }
  }

  private static ValueRenderer symbol(List<String> symbols) {
    return (in, out) -> out.string(symbols.get(index(in, symbols.size())));
  }

  private static ValueRenderer union(List<ValueRenderer> branches) {
    return (in, out) -> branches.get(index(in, branches.size())).render(in, out);
  }

  private static int index(AvroCursor in, int size) throws IOException {
    int index = in.readInt();
    if (index < 0 || index >= size) {
      throw new IOException("it has the branch or symbol " + index + " of " + size);
    }
    return index;
  }

  private static ValueRenderer array(ValueRenderer element) {
    return (in, out) -> {
      in.enter();
      out.open('[');
      for (long count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
        for (long i = 0; i < count; i++) {
          element.render(in, out);
        }
      }
      out.close(']');
      in.leave();
    };
  }

  private static ValueRenderer map(ValueRenderer value) {
    return (in, out) -> {
      in.enter();
      out.open('{');
      for (long count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
        for (long i = 0; i < count; i++) {
          out.name(in.readBytes());
          value.render(in, out);
        }
      }
      out.close('}');
      in.leave();
    };
  }

  private ValueRenderer record(Schema written, @Nullable Schema wanted) {
    if (wanted != null && wanted.getType() == Schema.Type.RECORD) {
      return fields(written, wanted);
    }
    Later known = unknownRecords.get(written.getFullName());
    if (known == null) {
      known = new Later();
      unknownRecords.put(written.getFullName(), known);
      known.renderer = fields(written, null);
    }
    return known;
  }

  private ValueRenderer fields(Schema written, @Nullable Schema wanted) {
    int size = written.getFields().size();
    byte[][] names = new byte[size][];
    ValueRenderer[] values = new ValueRenderer[size];
    for (Schema.Field field : written.getFields()) {
      Schema.Field target = wanted == null ? null : target(written, wanted, field.name());
      names[field.pos()] =
          (target == null ? field.name() : target.name()).getBytes(StandardCharsets.UTF_8);
      values[field.pos()] = of(field.schema(), target == null ? null : target.schema());
    }
    return (in, out) -> {
      in.enter();
      out.open('{');
      for (int i = 0; i < size; i++) {
        out.name(names[i]);
        values[i].render(in, out);
      }
      out.close('}');
      in.leave();
    };
  }

  private static Schema.@Nullable Field target(Schema written, Schema wanted, String name) {
    Schema.Field same = wanted.getField(name);
    if (same != null) {
      return same;
    }
    return wanted.getFields().stream()
        .filter(field -> field.aliases().contains(name) && written.getField(field.name()) == null)
        .findFirst()
        .orElse(null);
  }

  /** A record that may contain itself. */
  private static final class Later implements ValueRenderer {
    private @Nullable ValueRenderer renderer;

    @Override
    public void render(AvroCursor in, JsonBytes out) throws IOException {
      if (renderer == null) {
        throw new IllegalStateException("Renderers are compiled before they are used");
      }
      renderer.render(in, out);
    }
  }

  @FunctionalInterface
  private interface Source<T> {
    T read(AvroCursor in) throws IOException;
  }
}
