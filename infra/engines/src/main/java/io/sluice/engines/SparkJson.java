package io.sluice.engines;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/**
 * A row as JSON: timestamps in microseconds since 1970, dates as {@code yyyy-mm-dd}, bytes in
 * base64.
 */
final class SparkJson {
  private SparkJson() {}

  static void write(Row row, StringBuilder json) {
    String separator = "{";
    for (int i = 0; i < row.length(); i++) {
      json.append(separator);
      text(row.schema().fields()[i].name(), json);
      json.append(':');
      value(row.get(i), json);
      separator = ",";
    }
    json.append('}');
  }

  private static void value(@Nullable Object value, StringBuilder json) {
    if (value instanceof BigDecimal decimal) {
      json.append(decimal.toPlainString());
    } else if (value == null || value instanceof Boolean || value instanceof Number) {
      json.append(value);
    } else if (value instanceof Row row) {
      write(row, json);
    } else if (value instanceof Seq<?> list) {
      list(list, json);
    } else if (value instanceof scala.collection.Map<?, ?> map) {
      map(scala.jdk.javaapi.CollectionConverters.asJava(map), json);
    } else if (value instanceof byte[] bytes) {
      text(Base64.getEncoder().encodeToString(bytes), json);
    } else if (value instanceof Timestamp time) {
      json.append(micros(time.toInstant()));
    } else if (value instanceof Date date) {
      text(date.toLocalDate().toString(), json);
    } else if (value instanceof LocalDate || value instanceof String) {
      text(value.toString(), json);
    } else {
      throw new IllegalArgumentException("Invalid value: " + value.getClass());
    }
  }

  private static void list(Seq<?> list, StringBuilder json) {
    String separator = "";
    json.append('[');
    for (Iterator<?> each = scala.jdk.javaapi.CollectionConverters.asJava(list).iterator();
        each.hasNext(); ) {
      json.append(separator);
      value(each.next(), json);
      separator = ",";
    }
    json.append(']');
  }

  private static void map(Map<?, ?> map, StringBuilder json) {
    String separator = "";
    json.append('{');
    for (Map.Entry<?, ?> each : map.entrySet()) {
      json.append(separator);
      text(Objects.toString(each.getKey()), json);
      json.append(':');
      value(each.getValue(), json);
      separator = ",";
    }
    json.append('}');
  }

  private static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000L);
  }

  private static void text(String text, StringBuilder json) {
    json.append('"');
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\' || c < ' ') {
                json.append("\\u%04x".formatted(c));
              } else {
                json.append((char) c);
              }
            });
    json.append('"');
  }
}
