package io.sluice.iceberg.merge;

import io.sluice.contracts.pipeline.MergePolicy.Unique;
import io.sluice.contracts.pipeline.Transformation;
import io.sluice.core.id.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;

/**
 * What identifies a row.
 *
 * @param within the partitions in each of which a key may stand once; unpartitioned where it may
 *     stand once in the table
 */
public record UniqueKey(List<FieldPath> fields, PartitionSpec within) {
  /** Copies the fields. */
  public UniqueKey {
    fields = List.copyOf(fields);
  }

  /** The key that {@code declared} gives to a table that is partitioned by {@code spec}. */
  public static UniqueKey of(Transformation declared, PartitionSpec spec) {
    return new UniqueKey(
        declared.idempotencyKey(),
        declared.merge().unique() == Unique.PARTITION ? spec : PartitionSpec.unpartitioned());
  }

  /** {@code schema} with the columns that the key takes, and {@code more}. */
  public Schema select(Schema schema, List<String> more) {
    Set<String> names = new LinkedHashSet<>(more);
    fields.forEach(path -> names.add(path.toString()));
    for (PartitionField field : within.fields()) {
      names.add(schema.findColumnName(field.sourceId()));
    }
    return schema.select(new ArrayList<>(names));
  }
}
