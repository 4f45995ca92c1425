package io.sluice.iceberg.merge;

import io.sluice.contracts.pipeline.MergePolicy;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.pipeline.Transformation;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;

/**
 * What a merge stands on.
 *
 * @param head the snapshot of the table; empty where the table is
 * @param operation what its files are named after
 * @param known keys of data files that merges before it found out
 */
record MergeTarget(
    Table table, Pipeline pipeline, OptionalLong head, String operation, KnownKeys known) {
  Schema schema() {
    return table.schema();
  }

  Transformation declared() {
    return pipeline.transformation();
  }

  MergePolicy policy() {
    return declared().merge();
  }

  UniqueKey key() {
    return UniqueKey.of(declared(), table.spec());
  }

  /** The fields of the key, in its order. */
  List<Types.NestedField> keyFields() {
    return key().fields().stream().map(path -> schema().findField(path.toString())).toList();
  }

  /** The columns that the key takes, and {@code more}. */
  Schema select(List<String> more) {
    return key().select(schema(), more);
  }

  /** The data files that may hold one of {@code keys}. */
  TableFiles files(BatchKeys keys) throws IOException {
    long snapshot = head.orElseThrow();
    if (keys.truncates()) {
      return new TableFiles(table, snapshot, List.of(), Expressions.alwaysTrue(), any -> true);
    }
    Schema then = table.schemas().get(table.snapshot(snapshot).schemaId());
    Schema scanned = then == null ? schema() : then;
    List<String> bounds =
        keyFields().stream().map(field -> scanned.findColumnName(field.fieldId())).toList();
    return new TableFiles(table, snapshot, bounds, keys.filter(scanned), keys::mayBeIn);
  }
}
