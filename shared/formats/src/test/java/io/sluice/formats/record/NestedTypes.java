package io.sluice.formats.record;

import io.sluice.contracts.contract.ContractField;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Contracts of one shape around every scalar type, and values of them with their JSON. */
final class NestedTypes {
  /** Every type and logical type that a contract may have, decimals of every width. */
  private static final List<String> LEAVES =
      List.of(
          "'int'",
          "'long'",
          "'float'",
          "'double'",
          "'boolean'",
          "'string'",
          "'bytes'",
          "{'type':'fixed','name':'F#','size':3}",
          "{'type':'enum','name':'E#','symbols':['A','Bb','_']}",
          "{'type':'string','logicalType':'uuid'}",
          "{'type':'int','logicalType':'date'}",
          "{'type':'long','logicalType':'timestamp-millis'}",
          "{'type':'long','logicalType':'timestamp-micros'}",
          "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}",
          "{'type':'bytes','logicalType':'decimal','precision':18}",
          "{'type':'bytes','logicalType':'decimal','precision':38,'scale':10}",
          "{'type':'fixed','name':'G#','size':5,'logicalType':'decimal','precision':11,'scale':3}",
          "{'type':'fixed','name':'H#','size':16,'logicalType':'decimal','precision':38}");

  private static final long FIRST_DAY = -719_162;
  private static final long LAST_DAY = 2_932_896;
  private static final long DAY_MILLIS = 86_400_000;

  private final Random random;

  NestedTypes(Random random) {
    this.random = random;
  }

  /**
   * A contract with a field for each scalar type, and one where that is nullable, inside of the
   * wrappers.
   *
   * @param wrappers from the outermost: {@code r}ecord, {@code a}rray or {@code m}ap, in capitals
   *     where it is nullable
   */
  static Schema contract(String wrappers) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < 2 * LEAVES.size(); i++) {
      String leaf = LEAVES.get(i / 2);
      String type = i % 2 == 0 ? leaf : nullable(leaf);
      for (int level = wrappers.length() - 1; level >= 0; level--) {
        type = wrapped(wrappers.charAt(level), type, "R" + level + "_#");
      }
      fields.add(("{'name':'f#','type':" + type + "}").replace("#", "" + i));
    }
    return new Schema.Parser()
        .parse(
            ("{'type':'record','name':'R','fields':[{'name':'id','type':'string'},"
                    + "{'name':'at','type':{'type':'long','logicalType':'timestamp-millis'}},"
                    + String.join(",", fields)
                    + "]}")
                .replace('\'', '"'));
  }

  private static String wrapped(char wrapper, String type, String name) {
    String wrapped =
        switch (Character.toLowerCase(wrapper)) {
          case 'r' ->
              "{'type':'record','name':'" + name + "','fields':[{'name':'v','type':" + type + "}]}";
          case 'a' -> "{'type':'array','items':" + type + "}";
          default -> "{'type':'map','values':" + type + "}";
        };
    return Character.isUpperCase(wrapper) ? nullable(wrapped) : wrapped;
  }

  private static String nullable(String type) {
    return "['null'," + type + "]";
  }

  /** A record; with {@code empty} all that may be null is, and all that may be empty. */
  GenericRecord record(Schema type, boolean empty) {
    GenericRecord record = new GenericData.Record(type);
    type.getFields().forEach(field -> record.put(field.pos(), value(field.schema(), empty)));
    return record;
  }

  private @Nullable Object value(Schema declared, boolean empty) {
    if (declared.getType() == Schema.Type.UNION && (empty || random.nextInt(4) == 0)) {
      return null;
    }
    Schema type = ContractField.withoutNull(declared);
    int size = empty ? 0 : random.nextInt(4);
    return switch (type.getType()) {
      case RECORD -> record(type, empty);
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          list.add(value(type.getElementType(), false));
        }
        yield new GenericData.Array<>(type, list);
      }
      case MAP -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
          map.put(i == 0 ? "" : "k\u00e9\"" + i, value(type.getValueType(), false));
        }
        yield map;
      }
      default -> scalar(type);
    };
  }

  private Object scalar(Schema type) {
    if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return decimal(type, decimal.getPrecision());
    }
    return switch (type.getType()) {
      case INT ->
          type.getLogicalType() == null
              ? pick(Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1)
              : pick((int) FIRST_DAY, (int) LAST_DAY, 0, -1);
      case LONG -> number(type);
      case FLOAT -> pick(-0.0f, 0.0f, Float.MIN_VALUE, -Float.MAX_VALUE, Float.MIN_NORMAL, 0.1f);
      case DOUBLE -> pick(-0.0, 0.0, Double.MIN_VALUE, -Double.MAX_VALUE, Double.MIN_NORMAL);
      case BOOLEAN -> random.nextBoolean();
      case STRING ->
          type.getLogicalType() == null
              ? pick("", "\u0000\n\"\\", "gr\u00f6\u00dfe \ud83d\ude00", "x".repeat(300))
              : new UUID(random.nextLong(), random.nextLong()).toString();
      case BYTES -> ByteBuffer.wrap(bytes(pick(0, 1, 40)));
      case FIXED -> new GenericData.Fixed(type, bytes(type.getFixedSize()));
      case ENUM -> new GenericData.EnumSymbol(type, pick(type.getEnumSymbols().toArray()));
      default -> throw new IllegalArgumentException("Invalid scalar: " + type);
    };
  }

  private Long number(Schema type) {
    if (type.getLogicalType() == null) {
      return pick(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L);
    }
    long first = FIRST_DAY * DAY_MILLIS;
    long last = (LAST_DAY + 1) * DAY_MILLIS - 1;
    return type.getLogicalType() instanceof LogicalTypes.TimestampMillis
        ? pick(first, last, 0L, -1L)
        : pick(first * 1000, last * 1000 + 999, 0L, -1L);
  }

  private Object decimal(Schema type, int precision) {
    BigInteger most = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
    byte[] unscaled =
        pick(most, most.negate(), BigInteger.ZERO, BigInteger.valueOf(-5)).toByteArray();
    if (type.getType() == Schema.Type.BYTES) {
      return ByteBuffer.wrap(unscaled);
    }
    byte[] fixed = new byte[type.getFixedSize()];
    Arrays.fill(fixed, (byte) (unscaled[0] < 0 ? -1 : 0));
    System.arraycopy(unscaled, 0, fixed, fixed.length - unscaled.length, unscaled.length);
    return new GenericData.Fixed(type, fixed);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The JSON of a value. */
  static String json(@Nullable Object value, Schema declared) {
    if (value == null) {
      return "null";
    }
    Schema type = ContractField.withoutNull(declared);
    if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      BigInteger unscaled = new BigInteger(content(value));
      return quoted(new BigDecimal(unscaled, decimal.getScale()).toPlainString());
    }
    return switch (value) {
      case GenericRecord record ->
          type.getFields().stream()
              .map(
                  field ->
                      quoted(field.name()) + ":" + json(record.get(field.pos()), field.schema()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream()
              .map(element -> json(element, type.getElementType()))
              .collect(Collectors.joining(",", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(each -> quoted(each.getKey()) + ":" + json(each.getValue(), type.getValueType()))
              .collect(Collectors.joining(",", "{", "}"));
      case ByteBuffer ignored -> quoted(Base64.getEncoder().encodeToString(content(value)));
      case GenericFixed ignored -> quoted(Base64.getEncoder().encodeToString(content(value)));
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> quoted(value);
    };
  }

  private static byte[] content(Object value) {
    return value instanceof GenericFixed fixed ? fixed.bytes() : ((ByteBuffer) value).array();
  }

  private static String quoted(Object text) {
    String escaped = text.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    return '"' + escaped.replace("\n", "\\n").replace("\u0000", "\\u0000") + '"';
  }
}
