package io.sluice.formats;

import io.sluice.contracts.contract.ContractField;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * JSON that matches a schema, spelled in as many ways as there are; by its seed always the same.
 */
public final class JsonMaker {
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "quick brown fox",
          "é",
          "größe",
          "😀",
          "\\n\\t\\\"\\\\\\/\\b\\f\\r",
          "\\u0000",
          "\\u00e9",
          "\\ud83d\\ude00",
          "12345678",
          "1234567",
          "日本語テキスト",
          "x\\u0041y");
  private static final List<String> DOUBLES =
      List.of(
          "0",
          "-0",
          "-0.0",
          "1.5",
          "0.1",
          "1e308",
          "-1e-400",
          "5e-324",
          "4.9406564584124654e-324",
          "1.7976931348623157e308",
          "2.2250738585072011e-308",
          "9007199254740993",
          "9007199254740992.5",
          "123456789012345678901234567890",
          "1E5",
          "1e+5",
          "0.30000000000000004",
          "8.41e21",
          "1e22",
          "1e23",
          "9223372036854775808",
          "3.4028235e38");
  private static final List<String> LONGS =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "9223372036854775807",
          "-9223372036854775808",
          "999999999999999999",
          "1000000000000000000",
          "-999999999999999999");

  private final Random random;

  /** A maker whose choices are those of {@code random}. */
  public JsonMaker(Random random) {
    this.random = random;
  }

  /** One value. */
  public String make(Schema declared) {
    if (declared.getType() == Schema.Type.UNION && random.nextInt(4) == 0) {
      return "null";
    }
    Schema type = ContractField.withoutNull(declared);
    return switch (type.getType()) {
      case RECORD -> record(type);
      case ARRAY -> "[" + space() + repeated(() -> make(type.getElementType())) + "]";
      case MAP -> "{" + entries(type) + "}";
      case ENUM -> quoted(pick(type.getEnumSymbols()));
      case STRING -> type.getLogicalType() == null ? text() : quoted(uuid());
      case BYTES -> binary(type, random.nextInt(5));
      case FIXED -> binary(type, type.getFixedSize());
      case INT -> type.getLogicalType() == null ? "" + random.nextInt() : day();
      case LONG -> type.getLogicalType() == null ? pick(LONGS) : timestamp(type);
      case FLOAT ->
          pick(List.of("0", "-0", "-0.0", "1.5", "1e38", "16777217", "0.1", "1e-50", "-1.4e-45"));
      case DOUBLE -> random.nextBoolean() ? pick(DOUBLES) : "" + random.nextDouble() * 100;
      case BOOLEAN -> "" + random.nextBoolean();
      case UNION, NULL -> throw new AssertionError(type);
    };
  }

  private String record(Schema type) {
    List<String> fields = new ArrayList<>();
    for (Schema.Field field : type.getFields()) {
      boolean optional = field.hasDefaultValue() || field.schema().isNullable();
      if (!optional || random.nextInt(3) > 0) {
        fields.add(quoted(field.name()) + space() + ":" + space() + make(field.schema()));
      }
    }
    if (random.nextInt(12) == 0) {
      fields.add(
          "\"strange\":" + pick(List.of("1", "{\"a\":[1,{}]}", "\"\\ud800\"", "[[-1.5e3]]")));
    }
    if (random.nextInt(4) == 0) {
      Collections.shuffle(fields, random);
    }
    return "{" + space() + String.join("," + space(), fields) + space() + "}";
  }

  private String entries(Schema type) {
    List<String> entries = new ArrayList<>();
    int count = random.nextInt(50) == 0 ? 40 : random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String key = text();
      entries.add(key.substring(0, key.length() - 1) + i + "\":" + make(type.getValueType()));
    }
    return String.join(",", entries);
  }

  private String repeated(java.util.function.Supplier<String> element) {
    List<String> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(element.get() + space());
    }
    return String.join(",", elements);
  }

  private String binary(Schema type, int size) {
    if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return decimal(decimal);
    }
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return quoted(new String(Base64.getEncoder().encode(bytes), StandardCharsets.ISO_8859_1));
  }

  private String decimal(LogicalTypes.Decimal decimal) {
    int most = decimal.getPrecision() - decimal.getScale();
    int digits = 1 + random.nextInt(random.nextInt(30) == 0 ? most : Math.min(most, 12));
    String whole = new BigInteger(digits * 3, random).toString();
    String number =
        random.nextBoolean() ? whole : whole + "." + (random.nextBoolean() ? "50" : "7");
    String signed = random.nextBoolean() ? number : "-" + number;
    return random.nextBoolean() ? signed : quoted(signed);
  }

  private String text() {
    return quoted(pick(TEXTS) + (random.nextInt(4) == 0 ? pick(TEXTS) : ""));
  }

  private String uuid() {
    String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
    return random.nextBoolean() ? uuid : uuid.toUpperCase(java.util.Locale.ROOT);
  }

  private String day() {
    return random.nextBoolean()
        ? "" + random.nextInt(20_000)
        : pick(List.of("\"0001-01-01\"", "\"9999-12-31\"", "\"2024-02-29\"", "\"1900-03-01\""));
  }

  private String timestamp(Schema type) {
    int perSecond =
        type.getLogicalType() instanceof LogicalTypes.TimestampMillis ? 1000 : 1_000_000;
    Instant instant =
        Instant.ofEpochSecond(
            random.nextLong(-62_135_500_000L, 253_402_200_000L),
            random.nextInt(1000) * 1_000_000L * random.nextInt(2));
    return switch (random.nextInt(4)) {
      case 0 -> "" + instant.getEpochSecond() * perSecond;
      case 1 ->
          quoted(instant.toString().replace("Z", pick(List.of("+01:00", "-17:59", "+00:00"))));
      case 2 -> pick(List.of("\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.999Z\""));
      default -> quoted(instant.toString());
    };
  }

  private String space() {
    return random.nextInt(10) == 0 ? pick(List.of(" ", "  ", "\t", " \r")) : "";
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
