package io.sluice.local;

import io.sluice.iceberg.schema.TableShape;
import java.io.IOException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;

/** A row that nobody landed, with a key that no other row has. */
final class StrangeRow {
  /** The batch that it claims to be of. */
  static final String BATCH = "0123456789abcdef0123456789abcdef";

  private StrangeRow() {}

  /** Writes a data file with that row alone, in the place of a file that is there. */
  static DataFile write(OpenLake lake) throws IOException {
    Table table = lake.table();
    DataFile model = lake.dataFiles().getFirst();
    DataWriter<Record> writer =
        Parquet.writeData(table.io().newOutputFile(model.location() + "-strange.parquet"))
            .forTable(table)
            .withPartition(model.partition())
            .createWriterFunc(GenericParquetWriter::create)
            .build();
    try (writer) {
      Record row = first(table, model);
      // The key is event_id and source_system; the partition is of the other fields.
      row.setField("source_system", "shop");
      row.setField(TableShape.BATCH, BATCH);
      writer.write(row);
    }
    return writer.toDataFile();
  }

  private static Record first(Table table, DataFile file) throws IOException {
    try (CloseableIterable<Record> rows =
        Parquet.read(table.io().newInputFile(file.location()))
            .project(table.schema())
            .createReaderFunc(type -> GenericParquetReaders.buildReader(table.schema(), type))
            .build()) {
      return rows.iterator().next();
    }
  }
}
