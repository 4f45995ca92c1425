package io.sluice.local.rehearse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.contracts.contract.ContractField;
import io.sluice.formats.parquet.RawBatchWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of raw batches as the JSON that land reads: times as numbers, decimals as numbers, bytes
 * as base64. Fields that the proposed contract knows by an alias have their new names.
 */
final class RecordJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final Schema proposed;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

  RecordJson(Schema proposed) {
    this.proposed = proposed;
  }

  /** One line, without its end. */
  byte[] of(GenericRecord record) throws IOException {
    buffer.reset();
    try (JsonGenerator out = JSON.createGenerator(buffer)) {
      write(record, proposed, out);
    }
    return buffer.toByteArray();
  }

  private void write(GenericRecord record, @Nullable Schema target, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    for (Schema.Field field : record.getSchema().getFields()) {
      if (!field.name().equals(RawBatchWriter.ORDINAL)) {
        Schema.Field known = target == null ? null : known(field.name(), target);
        out.writeFieldName(known == null ? field.name() : known.name());
        Schema below = known == null ? null : ContractField.withoutNull(known.schema());
        write(record.get(field.pos()), ContractField.withoutNull(field.schema()), below, out);
      }
    }
    out.writeEndObject();
  }

  private static Schema.@Nullable Field known(String name, Schema target) {
    if (target.getType() != Schema.Type.RECORD) {
      return null;
    }
    Schema.Field same = target.getField(name);
    return same != null
        ? same
        : target.getFields().stream()
            .filter(field -> field.aliases().contains(name))
            .findFirst()
            .orElse(null);
  }

  private void write(
      @Nullable Object value, Schema type, @Nullable Schema target, JsonGenerator out)
      throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case GenericRecord record -> write(record, target, out);
      case Collection<?> elements -> {
        out.writeStartArray();
        for (Object element : elements) {
          Schema below =
              target == null || target.getType() != Schema.Type.ARRAY
                  ? null
                  : ContractField.withoutNull(target.getElementType());
          write(element, ContractField.withoutNull(type.getElementType()), below, out);
        }
        out.writeEndArray();
      }
      case Map<?, ?> entries -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
          Schema below =
              target == null || target.getType() != Schema.Type.MAP
                  ? null
                  : ContractField.withoutNull(target.getValueType());
          out.writeFieldName(String.valueOf(entry.getKey()));
          write(entry.getValue(), ContractField.withoutNull(type.getValueType()), below, out);
        }
        out.writeEndObject();
      }
      case GenericFixed fixed -> bytes(fixed.bytes(), type, out);
      case ByteBuffer bytes -> {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        bytes(copy, type, out);
      }
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Float number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case Boolean flag -> out.writeBoolean(flag);
      default -> out.writeString(value.toString());
    }
  }

  private static void bytes(byte[] bytes, Schema type, JsonGenerator out) throws IOException {
    if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      out.writeNumber(new BigDecimal(new BigInteger(bytes), decimal.getScale()));
    } else {
      out.writeString(Base64.getEncoder().encodeToString(bytes));
    }
  }
}
