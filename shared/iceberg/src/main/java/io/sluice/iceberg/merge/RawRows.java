package io.sluice.iceberg.merge;

import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.iceberg.scan.ColumnFile;
import io.sluice.iceberg.schema.TableShape;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.parquet.schema.MessageType;

/**
 * The records of a landed file as rows. Landed files carry no field ids, so columns are found by
 * their names, and the schema given at construction must have every column of the file. One row
 * object is used again for every row.
 */
public final class RawRows {
  private final FileIO io;
  private final NameMapping names;
  private final BiConsumer<StoredFile, MessageType> check;

  /** Rows of files whose columns are all in {@code schema}. */
  public RawRows(FileIO io, Schema schema) {
    this(io, MappingUtil.create(schema), (file, stored) -> {});
  }

  /**
   * Rows of files whose columns have a name in {@code names}.
   *
   * @param check refuses a file by its columns
   */
  RawRows(FileIO io, NameMapping names, BiConsumer<StoredFile, MessageType> check) {
    this.io = io;
    this.names = names;
    this.check = check;
  }

  /**
   * The rows of {@code file}, in their order, with the columns of {@code projection}; a column that
   * the file lacks is null.
   *
   * @throws InvalidMessage when the file is not there, here or at the first row
   */
  public CloseableIterable<Record> read(StoredFile file, Schema projection) {
    Schema readable = withoutAddedColumnsRequired(projection);
    try {
      return Parquet.read(input(file))
          .project(readable)
          .withNameMapping(names)
          .createReaderFunc(
              stored -> {
                check.accept(file, stored);
                return GenericParquetReaders.buildReader(readable, stored);
              })
          .reuseContainers()
          .build();
    } catch (NotFoundException e) {
      throw notThere(file, e);
    }
  }

  /**
   * The columns of {@code file}.
   *
   * @throws InvalidMessage when the file is not there
   */
  ColumnFile open(StoredFile file) throws IOException {
    try {
      ColumnFile opened = ColumnFile.open(input(file), names);
      check.accept(file, opened.schema());
      return opened;
    } catch (NotFoundException e) {
      throw notThere(file, e);
    }
  }

  private InputFile input(StoredFile file) {
    return io.newInputFile(file.name().toString(), file.sizeBytes());
  }

  private static InvalidMessage notThere(StoredFile file, NotFoundException e) {
    return new InvalidMessage("Raw file does not exist: " + file.name(), e);
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
