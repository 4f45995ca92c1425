package io.sluice.iceberg.measure;

import io.sluice.iceberg.scan.ColumnPages;
import io.sluice.iceberg.scan.ColumnPages.Page;
import io.sluice.iceberg.scan.ColumnPages.Stored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Reads pages into the values of a column that is in no list or map, a page at a time. */
final class PageValues {
  private final PrimitiveTypeName physical;
  private final int fixedLength;
  private final ColumnValues values;

  PageValues(ColumnDescriptor column, ColumnValues values) {
    this.physical = column.getPrimitiveType().getPrimitiveTypeName();
    this.fixedLength = column.getPrimitiveType().getTypeLength();
    this.values = values;
  }

  /** Reads every page of a row group. */
  void read(ColumnPages pages) throws IOException {
    pages.dictionary().ifPresent(values::take);
    for (Optional<Page> page = pages.next(); page.isPresent(); page = pages.next()) {
      read(page.get());
    }
  }

  private void read(Page page) {
    int row = Math.toIntExact(page.firstRow());
    switch (page.values()) {
      case Stored.Plain plain -> plain(plain, page, row);
      case Stored.Ids ids -> ids(ids.ids(), page, row);
      case Stored.Encoded encoded -> encoded(encoded.values(), page, row);
    }
  }

  private static boolean isPresent(Page page, int i) {
    return page.present() == null || page.present()[i];
  }

  private void ids(ValuesReader ids, Page page, int row) {
    for (int i = 0; i < page.rows(); i++) {
      if (isPresent(page, i)) {
        values.addCode(row + i, ids.readValueDictionaryId());
      }
    }
  }

  private void encoded(ValuesReader reader, Page page, int row) {
    for (int i = 0; i < page.rows(); i++) {
      if (isPresent(page, i)) {
        switch (physical) {
          case BOOLEAN -> values.add(row + i, reader.readBoolean() ? 1 : 0);
          case INT32 -> values.add(row + i, reader.readInteger());
          case INT64 -> values.add(row + i, reader.readLong());
          case FLOAT -> values.add(row + i, reader.readFloat());
          case DOUBLE -> values.add(row + i, Double.doubleToRawLongBits(reader.readDouble()));
          default -> values.add(row + i, reader.readBytes().copy());
        }
      }
    }
  }

  private void plain(Stored.Plain plain, Page page, int row) {
    ByteBuffer bytes = ByteBuffer.wrap(plain.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    int at = plain.start();
    for (int i = 0; i < page.rows(); i++) {
      if (isPresent(page, i)) {
        at = plain(bytes, at, row + i);
      }
    }
  }

  /** Takes the value that starts at {@code at}, and says where the next one does. */
  private int plain(ByteBuffer bytes, int at, int row) {
    switch (physical) {
      case INT32 -> values.add(row, bytes.getInt(at));
      case INT64, DOUBLE -> values.add(row, bytes.getLong(at));
      case FLOAT -> values.add(row, bytes.getFloat(at));
      case FIXED_LEN_BYTE_ARRAY -> values.add(row, binary(bytes, at, fixedLength));
      default -> {
        int length = bytes.getInt(at);
        values.add(row, binary(bytes, at + Integer.BYTES, length));
        return at + Integer.BYTES + length;
      }
    }
    return switch (physical) {
      case INT32, FLOAT -> at + Integer.BYTES;
      case INT64, DOUBLE -> at + Long.BYTES;
      default -> at + fixedLength;
    };
  }

  private static Binary binary(ByteBuffer bytes, int at, int length) {
    byte[] value = new byte[length];
    bytes.get(at, value);
    return Binary.fromConstantByteArray(value);
  }
}
