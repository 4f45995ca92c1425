package io.sluice.contracts.contract;

import io.sluice.core.id.FieldPath;
import org.apache.avro.Schema;

/**
 * One field of a contract, at any depth of records.
 *
 * @param type its type without null
 * @param nullable whether it, or a record around it, may be null
 */
public record ContractField(FieldPath path, Schema type, boolean nullable) {
  /** Whether it holds a single value: no record, array or map. */
  public boolean isPrimitive() {
    return switch (type.getType()) {
      case RECORD, ARRAY, MAP, UNION, NULL -> false;
      case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> true;
    };
  }

  /** The name of its logical type, else that of its Avro type: {@code timestamp-millis}. */
  public String typeName() {
    return type.getLogicalType() == null
        ? type.getType().getName()
        : type.getLogicalType().getName();
  }

  /** The other branch of {@code [null, X]}; any other type as it is. */
  public static Schema withoutNull(Schema type) {
    if (type.getType() != Schema.Type.UNION) {
      return type;
    }
    return type.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst()
        .orElse(type);
  }
}
