package io.sluice.formats.parquet;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.pipeline.Limits;
import io.sluice.formats.compress.UnreadableObject;
import io.sluice.formats.record.Faults;
import io.sluice.formats.record.RecordSource;
import io.sluice.formats.rendering.JsonBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a Parquet file as records. The file is spooled to disk, because its footer, at its
 * end, says where everything is. A row has no bytes of its own: its bytes are the JSON that says
 * the same. What the footer says is held against the file before anything is made of it.
 */
public final class ParquetRecords implements RecordSource {
  /** 256 MiB: a row group's columns are in memory together; writers make 128 MiB. */
  private static final long MAX_ROW_GROUP_BYTES = 256L << 20;

  /** Below this the ratio does not count. */
  private static final long RATIO_FREE_BYTES = 64L << 20;

  private static final int FIRST_COLUMN_OFFSET = 4;

  /** What the library says of a broken footer is as long as the footer. */
  private static final int MAX_REASON_CHARACTERS = 300;

  private final Path file;
  private final long fileBytes;
  private final ParquetFileReader reader;
  private final Limits limits;
  private final JsonBytes json;
  private final MessageColumnIO columns;
  private final RecordMaterializer<Boolean> row;
  private @Nullable RecordReader<Boolean> group;
  private long left;
  private long ordinal = -1;
  private long jsonBytes;

  private ParquetRecords(Path file, ParquetFileReader reader, Contract contract, Limits limits)
      throws IOException {
    this.file = file;
    this.fileBytes = Files.size(file);
    this.reader = reader;
    this.limits = limits;
    this.json = new JsonBytes(limits.recordBytes());
    checkFooter();
    this.columns = new ColumnIOFactory().getColumnIO(reader.getFileMetaData().getSchema());
    GroupConverter converter =
        new JsonConverters(json, limits.depth())
            .row(reader.getFileMetaData().getSchema(), contract.schema());
    this.row = new Row(converter);
  }

  /** The rows in {@code in}, which is read to its end at once. */
  public static ParquetRecords spool(InputStream in, Contract contract, Limits limits)
      throws IOException {
    Path file = Files.createTempFile("sluice", ".parquet");
    boolean opened = false;
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        in.transferTo(out);
      }
      ParquetRecords records = open(file, contract, limits);
      opened = true;
      return records;
    } finally {
      if (!opened) {
        Files.delete(file);
      }
    }
  }

  private static ParquetRecords open(Path file, Contract contract, Limits limits)
      throws IOException {
    ParquetFileReader reader = null;
    try {
      reader =
          ParquetFileReader.open(new Spooled(new LocalInputFile(file)), ParquetFiles.anyCodec());
      return new ParquetRecords(file, reader, contract, limits);
    } catch (IOException | RuntimeException e) {
      if (reader != null) {
        reader.close();
      }
      throw unreadable(0, e);
    }
  }

  private void checkFooter() throws UnreadableObject {
    long rows = 0;
    for (BlockMetaData block : reader.getFooter().getBlocks()) {
      rows += block.getRowCount();
      long bytes = 0;
      for (ColumnChunkMetaData column : block.getColumns()) {
        long start = column.getStartingPos();
        bytes += column.getTotalSize();
        if (start < FIRST_COLUMN_OFFSET
            || column.getTotalSize() < 0
            || column.getTotalSize() > fileBytes - start) {
          throw UnreadableObject.at(start, "its column " + column.getPath() + " is not in it");
        }
      }
      if (block.getRowCount() < 0 || rows > limits.rows() || bytes > MAX_ROW_GROUP_BYTES) {
        throw UnreadableObject.at(
            0, "its row group has " + block.getRowCount() + " rows in " + bytes + " bytes");
      }
    }
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (left == 0) {
        PageReadStore pages = reader.readNextRowGroup();
        if (pages == null) {
          return false;
        }
        left = pages.getRowCount();
        group = columns.getRecordReader(new CheckedPages(pages), row);
      }
      left--;
      json.clear();
      if (group != null) {
        group.read();
      }
    } catch (IOException | RuntimeException e) {
      throw unreadable(ordinal + 1, e);
    }
    ordinal++;
    jsonBytes += json.written().remaining();
    if (jsonBytes > RATIO_FREE_BYTES && jsonBytes / limits.ratio() > fileBytes) {
      throw UnreadableObject.at(fileBytes, "it expands more than " + limits.ratio() + " times");
    }
    return true;
  }

  private static UnreadableObject unreadable(long row, Exception e) {
    return e instanceof UnreadableObject known
        ? known
        : UnreadableObject.at(0, "of its row " + row + ", " + reason(e));
  }

  /** What the library says, without the addresses of its objects: those differ in each attempt. */
  private static String reason(Exception e) {
    if (e instanceof NullPointerException
        || e instanceof IndexOutOfBoundsException
        || e instanceof ClassCastException
        || e instanceof ArithmeticException) {
      // The JVM leaves their messages out once it has compiled what throws them.
      return "it is corrupt";
    }
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String lasting = line.replaceAll("@[0-9a-f]+", "");
    return lasting.length() > MAX_REASON_CHARACTERS
        ? lasting.substring(0, MAX_REASON_CHARACTERS) + "…"
        : lasting;
  }

  @Override
  public long ordinal() {
    return ordinal;
  }

  @Override
  public long line() {
    return 0;
  }

  @Override
  public long byteOffset() {
    return 0;
  }

  @Override
  public byte[] bytes() {
    byte[] whole = json.bytes();
    return json.isOverflown() ? Arrays.copyOf(whole, Math.min(whole.length, KEPT_BYTES)) : whole;
  }

  @Override
  public Rendered rendered() {
    return json.isOverflown()
        ? Faults.tooLong(limits.recordBytes())
        : new Rendered.Json(json.written());
  }

  @Override
  public void close() throws IOException {
    try (reader) {
      Files.deleteIfExists(file);
    }
  }

  /** What the library says of its input is kept in manifests, where no temporary file belongs. */
  private record Spooled(InputFile file) implements InputFile {
    @Override
    public long getLength() throws IOException {
      return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
      return file.newStream();
    }

    @Override
    public String toString() {
      return "the object";
    }
  }

  private static final class Row extends RecordMaterializer<Boolean> {
    private final GroupConverter root;

    Row(GroupConverter root) {
      this.root = root;
    }

    @Override
    public Boolean getCurrentRecord() {
      return true;
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }
}
