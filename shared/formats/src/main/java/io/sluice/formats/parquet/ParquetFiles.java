package io.sluice.formats.parquet;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.InputFile;
import org.jspecify.annotations.Nullable;

/** Reads the Parquet files that this module writes. */
public final class ParquetFiles {
  private ParquetFiles() {}

  /**
   * How many rows the footer says there are; no page is read.
   *
   * @throws IOException when the file has no footer, or cannot be read
   */
  public static long rowCount(InputFile file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(file, options())) {
      return reader.getRecordCount();
    } catch (RuntimeException e) {
      throw notParquet(e);
    }
  }

  /**
   * Calls {@code each} with every record, in order, with raw logical values; strings are {@code
   * Utf8}.
   *
   * @throws IOException when the file is not one of ours, or cannot be read
   */
  public static void forEach(InputFile file, Consumer<GenericRecord> each) throws IOException {
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(file, configuration())
            .withDataModel(new GenericData())
            .withCodecFactory(new ZstdCodecs())
            .build()) {
      for (GenericRecord record = read(reader); record != null; record = read(reader)) {
        each.accept(record);
      }
    }
  }

  private static @Nullable GenericRecord read(ParquetReader<GenericRecord> reader)
      throws IOException {
    try {
      return reader.read();
    } catch (RuntimeException e) {
      throw notParquet(e);
    }
  }

  /** How files are read that others may have written, in whichever of the usual codecs. */
  public static ParquetReadOptions anyCodec() {
    return ParquetReadOptions.builder(configuration()).withCodecFactory(new PageCodecs()).build();
  }

  private static ParquetReadOptions options() {
    return ParquetReadOptions.builder(configuration()).withCodecFactory(new ZstdCodecs()).build();
  }

  private static ParquetConfiguration configuration() {
    return new PlainParquetConfiguration();
  }

  private static IOException notParquet(RuntimeException e) {
    return new IOException("Cannot read Parquet file: " + e.getMessage(), e);
  }
}
