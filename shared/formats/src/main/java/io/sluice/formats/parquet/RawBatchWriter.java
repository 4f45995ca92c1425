package io.sluice.formats.parquet;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.ObjectName;
import io.sluice.core.port.ObjectStore;
import io.sluice.formats.row.AvroRow;
import io.sluice.formats.row.FlatRow;
import io.sluice.formats.row.Row;
import io.sluice.formats.row.RowShape;
import io.sluice.formats.row.RowShredder;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * The accepted records of a batch on their way into one Parquet file. Its schema, which the footer
 * carries as Avro too, is the contract's with a last field {@value #ORDINAL}. Started at the first
 * record: a batch without accepted records has no file.
 */
public final class RawBatchWriter implements AutoCloseable {
  /** The number of the record in its source, counted from 0. */
  public static final String ORDINAL = "_ordinal";

  /** 32 MiB of encoded columns: long runs for compression, and far from a Lambda's memory. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final ParquetUpload upload;
  private final RowShredder shredder;

  /** Starts the file {@code name}. */
  public RawBatchWriter(ObjectStore store, ObjectName name, Contract contract) {
    this.upload = ParquetUpload.start(store, name, schema(contract), ROW_GROUP_BYTES);
    this.shredder = new RowShredder(new FlatRow(RowShape.of(contract.kept())));
  }

  /** The schema of raw batches: what is kept of a record, with the ordinal behind its fields. */
  public static Schema schema(Contract contract) {
    Schema record = contract.kept();
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : record.getFields()) {
      fields.add(new Schema.Field(field, field.schema()));
    }
    fields.add(new Schema.Field(ORDINAL, Schema.create(Schema.Type.LONG)));
    Schema extended =
        Schema.createRecord(
            record.getName(), record.getDoc(), record.getNamespace(), record.isError(), fields);
    record.getObjectProps().forEach(extended::addProp);
    return extended;
  }

  /** Adds a row that matches the contract; it may be changed afterwards. */
  public void append(Row row, long ordinal) {
    switch (row) {
      case FlatRow flat -> upload.append(flat, ordinal);
      case AvroRow avro -> upload.append(shredder.shred(avro.record()), ordinal);
    }
  }

  /** Adds a record that matches the contract; it may be changed afterwards. */
  public void append(GenericRecord record, long ordinal) {
    append(new AvroRow(record), ordinal);
  }

  /** Makes the file appear, and says what is in it. */
  public StoredFile complete() {
    return upload.complete();
  }

  /** Leaves nothing behind unless the file is complete. */
  @Override
  public void close() {
    upload.close();
  }
}
