package io.sluice.iceberg.merge;

import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.formats.change.ChangeColumns;
import io.sluice.iceberg.schema.TableShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Schema;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * What raw files may hold for their records to become rows. A batch that landed under another
 * declaration may hold what the table cannot take; it is told apart by its columns, before a row is
 * read.
 *
 * @param rows the columns of the rows
 * @param areChanges whether the pipeline takes changes
 */
record RawColumns(Schema rows, boolean areChanges) {
  /**
   * Refuses a file whose records would lose something.
   *
   * @param stored its columns, with the ids of those that the table has
   * @throws InvalidMessage with every reason
   */
  void require(StoredFile file, MessageType stored) {
    List<String> reasons = new ArrayList<>();
    if (!areChanges && stored.containsField(ChangeColumns.OPERATION)) {
      reasons.add("it holds changes, which merge: cdc alone takes");
    }
    unknown(stored).forEach(name -> reasons.add("the table has no column " + name));
    compare("", rows.asStruct(), ParquetSchemaUtil.convert(stored).asStruct(), reasons);
    if (!reasons.isEmpty()) {
      throw new InvalidMessage(
          "Cannot merge "
              + file.name()
              + ", which landed under another declaration: "
              + String.join("; ", reasons));
    }
  }

  /** The columns without an id, but for those that Sluice adds. */
  private Set<String> unknown(MessageType stored) {
    Set<String> known = new HashSet<>();
    ParquetSchemaUtil.pruneColumns(stored, rows)
        .getPaths()
        .forEach(path -> known.add(String.join(".", path)));
    Set<String> unknown = new TreeSet<>();
    for (String[] path : stored.getPaths()) {
      String name = String.join(".", path);
      if (!known.contains(name) && !TableShape.ADDED.contains(name)) {
        unknown.add(name);
      }
    }
    return unknown;
  }

  private void compare(
      String parent, Types.StructType inTable, Types.StructType inFile, List<String> reasons) {
    for (NestedField field : inTable.fields()) {
      if (!parent.isEmpty() || !TableShape.ADDED.contains(field.name())) {
        compare(parent + field.name(), field, inFile.field(field.fieldId()), reasons);
      }
    }
  }

  /** Of changes every column of a file may be null, whatever the contract says. */
  private void compare(
      String path, NestedField inTable, @Nullable NestedField inFile, List<String> reasons) {
    if (inFile == null) {
      if (inTable.isRequired()) {
        reasons.add("it has no column " + path);
      }
      return;
    }
    if (inTable.isRequired() && inFile.isOptional() && !areChanges) {
      reasons.add("column " + path + " may be null in it and not in the table");
    }
    Type type = inTable.type();
    Type there = inFile.type();
    if (type.isStructType() && there.isStructType()) {
      compare(path + ".", type.asStructType(), there.asStructType(), reasons);
    } else if (type.typeId() == there.typeId() && type.isNestedType()) {
      NestedField element = type.asNestedType().fields().getLast();
      NestedField stored = there.asNestedType().field(element.fieldId());
      compare(path + "." + element.name(), element, stored, reasons);
    } else if (!there.equals(type) && !isReadAs(there, type)) {
      reasons.add("column " + path + " is " + there + " in it and " + type + " in the table");
    }
  }

  /** A raw file says of a UUID that it has 16 bytes, and no more. */
  private static boolean isReadAs(Type inFile, Type inTable) {
    return inTable.typeId() == Type.TypeID.UUID
        ? inFile.equals(Types.FixedType.ofLength(2 * Long.BYTES))
        : inTable.isPrimitiveType()
            && TypeUtil.isPromotionAllowed(inFile, inTable.asPrimitiveType());
  }
}
