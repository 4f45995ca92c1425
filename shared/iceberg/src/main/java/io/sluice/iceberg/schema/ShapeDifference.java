package io.sluice.iceberg.schema;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** How a table differs from the shape that its pipeline declares. */
public final class ShapeDifference {
  private ShapeDifference() {}

  /**
   * The first difference, for people: {@code field sig is int in the table and long in the
   * contract}.
   */
  public static Optional<String> find(TableShape declared, Schema schema, PartitionSpec spec) {
    Map<String, String> wanted = fields(declared.schema());
    Map<String, String> there = fields(schema);
    Set<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(there.keySet());
    for (String name : names) {
      String inTable = there.getOrDefault(name, "absent");
      String inContract = wanted.getOrDefault(name, "absent");
      if (!inTable.equals(inContract)) {
        return Optional.of(
            "field "
                + name
                + " is "
                + inTable
                + " in the table and "
                + inContract
                + " in the contract");
      }
    }
    String partitions = partitions(spec);
    return partitions.equals(partitions(declared.spec()))
        ? Optional.empty()
        : Optional.of(
            "it is partitioned by "
                + partitions
                + ", and the pipeline declares "
                + partitions(declared.spec()));
  }

  private static Map<String, String> fields(Schema schema) {
    Map<String, String> fields = new TreeMap<>();
    for (Map.Entry<String, Integer> each : TypeUtil.indexByName(schema.asStruct()).entrySet()) {
      Types.NestedField field = schema.findField(each.getValue());
      String type =
          field.type().isPrimitiveType() ? field.type().toString() : field.type().typeId().name();
      fields.put(each.getKey(), (field.isOptional() ? "optional " : "") + type);
    }
    return fields;
  }

  private static String partitions(PartitionSpec spec) {
    return spec.fields().stream()
        .map(
            field ->
                field.name()
                    + "="
                    + field.transform()
                    + "("
                    + spec.schema().findColumnName(field.sourceId())
                    + ")")
        .toList()
        .toString();
  }
}
