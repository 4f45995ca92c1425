package io.sluice.iceberg.measure;

import java.io.IOException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;

/** A file of Iceberg's as Parquet's own reader wants it. */
record ParquetSource(InputFile file) implements org.apache.parquet.io.InputFile {
  @Override
  public long getLength() {
    return file.getLength();
  }

  @Override
  public org.apache.parquet.io.SeekableInputStream newStream() {
    SeekableInputStream stream = file.newStream();
    return new DelegatingSeekableInputStream(stream) {
      @Override
      public long getPos() throws IOException {
        return stream.getPos();
      }

      @Override
      public void seek(long position) throws IOException {
        stream.seek(position);
      }
    };
  }
}
