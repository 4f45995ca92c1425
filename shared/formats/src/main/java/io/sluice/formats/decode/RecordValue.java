package io.sluice.formats.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.ContractField;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Reads a record: its fields in any order, each once. */
final class RecordValue implements ValueDecoder {
  /** Without conversions, so that logical values stay raw. */
  private static final GenericData RAW = new GenericData();

  private final Schema type;
  private final String path;
  private final Field[] fields;
  private final Map<String, Field> byName = new HashMap<>();

  RecordValue(Schema type, String path) {
    this.type = type;
    this.path = path;
    this.fields = new Field[type.getFields().size()];
    for (Schema.Field field : type.getFields()) {
      String fieldPath = path.isEmpty() ? field.name() : path + "." + field.name();
      Field compiled = new Field(field, Decoders.of(field.schema(), fieldPath));
      fields[field.pos()] = compiled;
      if (!path.isEmpty() || !field.name().equals(Contract.EXTRAS)) {
        byName.put(field.name(), compiled);
      }
    }
  }

  @Override
  public @Nullable Object decode(Decoding in) throws IOException {
    if (!in.at(JsonToken.START_OBJECT)) {
      return in.wrongType("an object");
    }
    in.count(fields.length);
    GenericData.Record record = new GenericData.Record(type);
    boolean[] seen = new boolean[fields.length];
    JsonParser parser = in.parser();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Field field = byName.get(name);
      parser.nextToken();
      if (field == null) {
        in.unknown(path, name);
      } else if (seen[field.position()]) {
        in.refuse("duplicate", "each field once");
      } else {
        seen[field.position()] = true;
        record.put(field.position(), field.value.decode(in));
      }
    }
    for (int i = 0; i < seen.length; i++) {
      if (!seen[i]) {
        record.put(i, fields[i].absent(in));
      }
    }
    return record;
  }

  private static final class Field {
    private final Schema.Field declared;
    private final ValueDecoder value;

    Field(Schema.Field declared, ValueDecoder value) {
      this.declared = declared;
      this.value = value;
    }

    int position() {
      return declared.pos();
    }

    @Nullable Object absent(Decoding in) {
      if (declared.hasDefaultValue()) {
        return RAW.deepCopy(declared.schema(), RAW.getDefaultValue(declared));
      }
      if (!declared.schema().isNullable()) {
        Schema wanted = ContractField.withoutNull(declared.schema());
        in.missing(declared.name(), wanted.getType().getName());
      }
      return null;
    }
  }
}
