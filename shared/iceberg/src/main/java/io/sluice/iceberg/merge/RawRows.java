package io.sluice.iceberg.merge;

import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.iceberg.schema.TableShape;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/**
 * The accepted records of a raw file as rows of a table's schema. Raw files carry no field ids, so
 * columns are found by their names; the columns that only the table has are null. One row object is
 * used again for every row.
 */
final class RawRows {
  private final FileIO io;

  RawRows(FileIO io) {
    this.io = io;
  }

  /** The rows of {@code file}, in order of their ordinals, with the columns of {@code schema}. */
  CloseableIterable<Record> read(StoredFile file, Schema schema) {
    Schema readable = withoutAddedColumnsRequired(schema);
    try {
      return Parquet.read(io.newInputFile(file.name().toString(), file.sizeBytes()))
          .project(readable)
          .withNameMapping(MappingUtil.create(readable))
          .createReaderFunc(stored -> GenericParquetReaders.buildReader(readable, stored))
          .reuseContainers()
          .build();
    } catch (NotFoundException e) {
      throw new InvalidMessage("Raw file does not exist: " + file.name(), e);
    }
  }

  private static Schema withoutAddedColumnsRequired(Schema schema) {
    List<Types.NestedField> columns =
        schema.columns().stream()
            .map(
                column ->
                    TableShape.ADDED.contains(column.name())
                        ? Types.NestedField.from(column).asOptional().build()
                        : column)
            .toList();
    return new Schema(columns);
  }
}
