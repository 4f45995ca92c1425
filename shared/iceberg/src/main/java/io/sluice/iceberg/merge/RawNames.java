package io.sluice.iceberg.merge;

import io.sluice.contracts.contract.ContractField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.MappedFields;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The names by which raw files may know a table's columns: their own, those that the contract says
 * they had before, and those that they had in the table before, since a batch may have waited for
 * more than one change of the contract.
 */
final class RawNames {
  private RawNames() {}

  /**
   * The names of the columns of {@code schema}, whose fields are those of {@code contract}.
   *
   * @param before the schemas that the table has had
   */
  static NameMapping of(Schema schema, Collection<Schema> before, org.apache.avro.Schema contract) {
    List<Map<Integer, Types.NestedField>> newestFirst =
        before.stream()
            .sorted(Comparator.comparingInt(Schema::schemaId).reversed())
            .map(each -> TypeUtil.indexById(each.asStruct()))
            .toList();
    MappedFields declared = withAliases(MappingUtil.create(schema).asMappedFields(), contract);
    return NameMapping.of(withFormer(declared, newestFirst));
  }

  /** A name that several columns have had is that of the column that had it last. */
  private static @Nullable MappedFields withFormer(
      @Nullable MappedFields fields, List<Map<Integer, Types.NestedField>> newestFirst) {
    if (fields == null) {
      return null;
    }
    Map<Integer, Set<String>> names = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    for (MappedField field : fields.fields()) {
      names.put(field.id(), new LinkedHashSet<>(field.names()));
      taken.addAll(field.names());
    }
    for (Map<Integer, Types.NestedField> schema : newestFirst) {
      names.forEach(
          (id, known) -> {
            Types.NestedField field = schema.get(id);
            if (field != null && taken.add(field.name())) {
              known.add(field.name());
            }
          });
    }
    List<MappedField> named = new ArrayList<>();
    for (MappedField field : fields.fields()) {
      named.add(
          MappedField.of(
              field.id(),
              Objects.requireNonNull(names.get(field.id())),
              withFormer(field.nestedMapping(), newestFirst)));
    }
    return MappedFields.of(named);
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
