package io.sluice.iceberg.read;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.contracts.contract.ContractField;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON in the form in which land reads them: timestamps as numbers in the contract's unit,
 * dates as {@code yyyy-mm-dd}, decimals as numbers, bytes in base64. What was accepted is written
 * as it came.
 */
public final class RowJson {
  private final Schema contract;

  /** Rows whose fields are those of {@code contract}, an Avro record. */
  public RowJson(Schema contract) {
    this.contract = contract;
  }

  /** Writes {@code row} as one object. */
  public void write(Record row, JsonGenerator json) throws IOException {
    writeRecord(contract, row, json);
  }

  /** Writes {@code value} of a column of the type {@code schema}. */
  static void writeValue(Schema schema, @Nullable Object value, JsonGenerator json)
      throws IOException {
    if (value == null) {
      json.writeNull();
      return;
    }
    Schema type = ContractField.withoutNull(schema);
    switch (value) {
      case Record nested -> writeRecord(type, nested, json);
      case List<?> list -> {
        json.writeStartArray();
        for (Object element : list) {
          writeValue(type.getElementType(), element, json);
        }
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(entry.getKey().toString());
          writeValue(type.getValueType(), entry.getValue(), json);
        }
        json.writeEndObject();
      }
      default -> writePrimitive(type, value, json);
    }
  }

  private static void writeRecord(Schema schema, Record row, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    for (Schema.Field field : schema.getFields()) {
      json.writeFieldName(field.name());
      writeValue(field.schema(), row.getField(field.name()), json);
    }
    json.writeEndObject();
  }

  private static void writePrimitive(Schema type, Object value, JsonGenerator json)
      throws IOException {
    switch (value) {
      case Boolean bool -> json.writeBoolean(bool);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Float number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case BigDecimal decimal -> json.writeNumber(decimal);
      case LocalDate date -> json.writeString(date.toString());
      case LocalTime time -> json.writeNumber(time.getLong(unit(type).field));
      case LocalDateTime time -> json.writeNumber(sinceEpoch(type, time.toInstant(ZoneOffset.UTC)));
      case OffsetDateTime time -> json.writeNumber(sinceEpoch(type, time.toInstant()));
      case ByteBuffer bytes -> json.writeString(base64(bytes.duplicate()));
      case byte[] bytes -> json.writeString(base64(ByteBuffer.wrap(bytes)));
      default -> json.writeString(value.toString());
    }
  }

  private static long sinceEpoch(Schema type, Instant instant) {
    return unit(type).chrono.between(Instant.EPOCH, instant);
  }

  private static Unit unit(Schema type) {
    LogicalType logical = type.getLogicalType();
    return logical != null && logical.getName().endsWith("-millis") ? Unit.MILLIS : Unit.MICROS;
  }

  private enum Unit {
    MILLIS(ChronoUnit.MILLIS, java.time.temporal.ChronoField.MILLI_OF_DAY),
    MICROS(ChronoUnit.MICROS, java.time.temporal.ChronoField.MICRO_OF_DAY);

    private final ChronoUnit chrono;
    private final java.time.temporal.ChronoField field;

    Unit(ChronoUnit chrono, java.time.temporal.ChronoField field) {
      this.chrono = chrono;
      this.field = field;
    }
  }

  private static String base64(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return Base64.getEncoder().encodeToString(copy);
  }
}
