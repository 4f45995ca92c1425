package io.sluice.local.rehearse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.ContractField;
import io.sluice.formats.change.ChangeColumns;
import io.sluice.formats.parquet.RawBatchWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of raw batches as the JSON that land reads: times as numbers, decimals as numbers, bytes
 * as base64. Fields that the proposed contract knows by an alias have their new names, and what was
 * captured beyond the contract of its day stands where it stood.
 */
final class RecordJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final ObjectMapper TREES =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Columns of a raw batch that are none of the record's fields. */
  private static final Set<String> ADDED =
      Set.of(
          RawBatchWriter.ORDINAL, Contract.EXTRAS, ChangeColumns.OPERATION, ChangeColumns.POSITION);

  private final Schema proposed;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

  RecordJson(Schema proposed) {
    this.proposed = proposed;
  }

  /** One line, without its end. */
  byte[] of(GenericRecord record) throws IOException {
    buffer.reset();
    try (JsonGenerator out = JSON.createGenerator(buffer)) {
      write(record, ADDED, proposed, out);
    }
    Object extras = record.hasField(Contract.EXTRAS) ? record.get(Contract.EXTRAS) : null;
    return extras == null ? buffer.toByteArray() : merged(buffer.toByteArray(), extras.toString());
  }

  private static byte[] merged(byte[] record, String extras) throws IOException {
    JsonNode whole = TREES.readTree(record);
    merge(whole, TREES.readTree(extras));
    return TREES.writeValueAsBytes(whole);
  }

  /** Adds the fields of {@code extras}; where both have an object or an array, what is in it. */
  private static void merge(JsonNode into, JsonNode extras) {
    if (into instanceof ObjectNode object && extras.isObject()) {
      extras
          .properties()
          .forEach(
              field -> {
                if (object.path(field.getKey()).isContainerNode()) {
                  merge(object.get(field.getKey()), field.getValue());
                } else {
                  object.set(field.getKey(), field.getValue());
                }
              });
    } else {
      for (int i = 0; i < Math.min(into.size(), extras.size()); i++) {
        merge(into.get(i), extras.get(i));
      }
    }
  }

  private void write(
      GenericRecord record, Set<String> without, @Nullable Schema target, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    for (Schema.Field field : record.getSchema().getFields()) {
      if (!without.contains(field.name())) {
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
      case GenericRecord record -> write(record, Set.of(), target, out);
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
