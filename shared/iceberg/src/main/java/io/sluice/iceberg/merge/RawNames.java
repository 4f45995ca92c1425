package io.sluice.iceberg.merge;

import io.sluice.contracts.contract.ContractField;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.MappedFields;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMapping;
import org.jspecify.annotations.Nullable;

/**
 * The names by which raw files may know a table's columns: their own, and those that the contract
 * says they had before.
 */
final class RawNames {
  private RawNames() {}

  /** The names of the columns of {@code schema}, whose fields are those of {@code contract}. */
  static NameMapping of(Schema schema, org.apache.avro.Schema contract) {
    return NameMapping.of(withAliases(MappingUtil.create(schema).asMappedFields(), contract));
  }

  private static @Nullable MappedFields withAliases(
      @Nullable MappedFields fields, org.apache.avro.Schema type) {
    if (fields == null) {
      return null;
    }
    List<MappedField> named = new ArrayList<>();
    for (MappedField field : fields.fields()) {
      named.add(withAliases(field, type));
    }
    return MappedFields.of(named);
  }

  private static MappedField withAliases(MappedField field, org.apache.avro.Schema type) {
    return switch (type.getType()) {
      case ARRAY -> nested(field, field.names(), type.getElementType());
      case MAP -> nested(field, field.names(), type.getValueType());
      case RECORD -> {
        org.apache.avro.Schema.Field known = type.getField(field.names().iterator().next());
        if (known == null) {
          yield field;
        }
        Set<String> names = new LinkedHashSet<>(field.names());
        known.aliases().stream().filter(alias -> type.getField(alias) == null).forEach(names::add);
        yield nested(field, names, known.schema());
      }
      case UNION, NULL, ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> field;
    };
  }

  private static MappedField nested(
      MappedField field, Set<String> names, org.apache.avro.Schema type) {
    return MappedField.of(
        field.id(), names, withAliases(field.nestedMapping(), ContractField.withoutNull(type)));
  }
}
