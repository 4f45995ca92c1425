package io.sluice.formats.parquet;

import io.sluice.contracts.contract.ContractField;
import io.sluice.formats.rendering.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/**
 * Rows of columns as JSON, straight from the columns. A null field is left out, a null element or
 * value of a map is null. See "Logical Types" of Parquet for lists, maps and their older forms.
 */
final class JsonConverters {
  private final JsonBytes out;
  private final int maxDepth;

  JsonConverters(JsonBytes out, int maxDepth) {
    this.out = out;
    this.maxDepth = maxDepth;
  }

  /**
   * The converter of a whole row.
   *
   * @throws IllegalArgumentException with the reason when a column cannot be JSON
   */
  Group row(GroupType schema, Schema contract) {
    return fields(schema, contract, Before.NOTHING, 0);
  }

  private Converter of(Type type, @Nullable Schema mayBeNull, Before before, int depth) {
    if (depth > maxDepth) {
      throw new IllegalArgumentException("it nests deeper than " + maxDepth + " levels");
    }
    Schema wanted = mayBeNull == null ? null : ContractField.withoutNull(mayBeNull);
    if (type.isPrimitive()) {
      return new Primitive(out, new PrimitiveText(type.asPrimitiveType(), wanted), before);
    }
    GroupType group = type.asGroupType();
    return switch (group.getLogicalTypeAnnotation()) {
      case ListLogicalTypeAnnotation ignored -> list(group, wanted, before, depth);
      case MapLogicalTypeAnnotation ignored -> map(group, wanted, before, depth);
      case null, default -> fields(group, wanted, before, depth);
    };
  }

  private Group fields(GroupType group, @Nullable Schema wanted, Before before, int depth) {
    List<Converter> children = new ArrayList<>();
    for (Type field : group.getFields()) {
      if (field.isRepetition(Repetition.REPEATED)) {
        throw new IllegalArgumentException(
            "its column " + field.getName() + " is repeated and no list");
      }
      Schema.Field target =
          wanted == null || wanted.getType() != Schema.Type.RECORD
              ? null
              : target(group, wanted, field.getName());
      byte[] name =
          (target == null ? field.getName() : target.name()).getBytes(StandardCharsets.UTF_8);
      children.add(
          of(field, target == null ? null : target.schema(), () -> out.name(name), depth + 1));
    }
    return new Group(children, before, () -> out.open('{'), () -> out.close('}'));
  }

  private static Schema.@Nullable Field target(GroupType written, Schema wanted, String name) {
    Schema.Field same = wanted.getField(name);
    if (same != null) {
      return same;
    }
    return wanted.getFields().stream()
        .filter(field -> field.aliases().contains(name) && !written.containsField(field.name()))
        .findFirst()
        .orElse(null);
  }

  private Converter list(GroupType group, @Nullable Schema wanted, Before before, int depth) {
    Type repeated = only(group);
    Schema element =
        wanted != null && wanted.getType() == Schema.Type.ARRAY ? wanted.getElementType() : null;
    boolean isElement =
        repeated.isPrimitive()
            || repeated.asGroupType().getFieldCount() != 1
            || repeated.getName().equals("array")
            || repeated.getName().equals(group.getName() + "_tuple");
    Converter child =
        isElement
            ? of(repeated, element, Before.NOTHING, depth + 1)
            : wrapper(List.of(repeated.asGroupType().getType(0)), List.of(), element, depth);
    return new Group(List.of(child), before, () -> out.open('['), () -> out.close(']'));
  }

  private Converter map(GroupType group, @Nullable Schema wanted, Before before, int depth) {
    Type repeated = only(group);
    if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() != 2) {
      throw new IllegalArgumentException("its map " + group.getName() + " has no keys and values");
    }
    GroupType pair = repeated.asGroupType();
    if (!pair.getType(0).isPrimitive()) {
      throw new IllegalArgumentException("its map " + group.getName() + " has records for keys");
    }
    Schema value =
        wanted != null && wanted.getType() == Schema.Type.MAP ? wanted.getValueType() : null;
    Converter child = wrapper(List.of(pair.getType(1)), List.of(new Key(out)), value, depth);
    return new Group(List.of(child), before, () -> out.open('{'), () -> out.close('}'));
  }

  private static Type only(GroupType group) {
    if (group.getFieldCount() != 1 || !group.getType(0).isRepetition(Repetition.REPEATED)) {
      throw new IllegalArgumentException(
          "its column " + group.getName() + " is no list and no map");
    }
    return group.getType(0);
  }

  /** The group around one element or value, which says null when there is none. */
  private Converter wrapper(
      List<Type> values, List<Converter> keys, @Nullable Schema wanted, int depth) {
    boolean[] present = new boolean[1];
    List<Converter> children = new ArrayList<>(keys);
    for (Type value : values) {
      if (value.isRepetition(Repetition.REPEATED)) {
        throw new IllegalArgumentException(
            "its column " + value.getName() + " is repeated and no list");
      }
      children.add(of(value, wanted, () -> present[0] = true, depth + 1));
    }
    return new Group(
        children,
        Before.NOTHING,
        () -> present[0] = false,
        () -> {
          if (!present[0]) {
            out.nothing();
          }
        });
  }

  /** What comes before a value: its name, or a note that it is there. */
  @FunctionalInterface
  interface Before {
    Before NOTHING = () -> {};

    void value();
  }

  /** Anything that has children. */
  static final class Group extends GroupConverter {
    private final List<Converter> children;
    private final Before before;
    private final Runnable open;
    private final Runnable close;

    Group(List<Converter> children, Before before, Runnable open, Runnable close) {
      this.children = children;
      this.before = before;
      this.open = open;
      this.close = close;
    }

    @Override
    public Converter getConverter(int index) {
      return children.get(index);
    }

    @Override
    public void start() {
      before.value();
      open.run();
    }

    @Override
    public void end() {
      close.run();
    }
  }

  /** The key of a map's pair, as the name of its value. */
  private static final class Key extends PrimitiveConverter {
    private final JsonBytes out;

    Key(JsonBytes out) {
      this.out = out;
    }

    @Override
    public void addBinary(Binary value) {
      out.name(value.getBytes());
    }

    @Override
    public void addInt(int value) {
      addLong(value);
    }

    @Override
    public void addLong(long value) {
      out.name(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static final class Primitive extends PrimitiveConverter {
    private final JsonBytes out;
    private final PrimitiveText text;
    private final Before before;

    Primitive(JsonBytes out, PrimitiveText text, Before before) {
      this.out = out;
      this.text = text;
      this.before = before;
    }

    @Override
    public void addBinary(Binary value) {
      before.value();
      text.write(value, out);
    }

    @Override
    public void addBoolean(boolean value) {
      before.value();
      out.bool(value);
    }

    @Override
    public void addDouble(double value) {
      before.value();
      out.number(value);
    }

    @Override
    public void addFloat(float value) {
      before.value();
      out.number(value);
    }

    @Override
    public void addInt(int value) {
      before.value();
      text.write(value, out);
    }

    @Override
    public void addLong(long value) {
      before.value();
      text.write(value, out);
    }
  }
}
