package io.sluice.formats.parquet;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.ObjectName;
import io.sluice.core.port.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

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

  /** With the longest records, 16 MiB each, no more than 256 MiB beyond the row group. */
  private static final int ROWS_PER_CHECK = 16;

  private final ParquetUpload upload;
  private final WithOrdinal row;

  /** Starts the file {@code name}. */
  public RawBatchWriter(ObjectStore store, ObjectName name, Contract contract) {
    Schema schema = schema(contract);
    this.row = new WithOrdinal(schema);
    this.upload = ParquetUpload.start(store, name, schema, ROW_GROUP_BYTES, ROWS_PER_CHECK);
  }

  /** The schema of raw batches: the contract's record with the ordinal behind its fields. */
  public static Schema schema(Contract contract) {
    Schema record = contract.schema();
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

  /** Adds a record that matches the contract; it may be changed afterwards. */
  public void append(GenericRecord record, long ordinal) {
    row.record = record;
    row.ordinal = ordinal;
    upload.append(row);
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

  /** A record seen with its ordinal as one more field, without copying it. */
  private static final class WithOrdinal implements IndexedRecord {
    private final Schema schema;
    private final int last;
    private @Nullable GenericRecord record;
    private long ordinal;

    WithOrdinal(Schema schema) {
      this.schema = schema;
      this.last = schema.getFields().size() - 1;
    }

    @Override
    public @Nullable Object get(int position) {
      return position == last || record == null ? (Object) ordinal : record.get(position);
    }

    @Override
    public void put(int position, Object value) {
      throw new UnsupportedOperationException("A view is only read");
    }

    @Override
    public Schema getSchema() {
      return schema;
    }
  }
}
