package io.sluice.formats.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.core.id.FieldPath;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;

/**
 * A row as columns, used again for one record after another: what it says holds until the next
 * record is read. Text and bytes stay where they were read, or are in a buffer of the row's own
 * when they had to be made.
 */
public final class FlatRow implements Row {
  /**
   * 4 Mi entries of all columns, about 80 MB: a record of 16 MiB has fewer unless it is hostile.
   */
  public static final int MAX_ENTRIES = 4 << 20;

  /** 64 KiB: a longer buffer of its own is given back, so that one record does not set memory. */
  private static final int KEPT_BYTES = 64 << 10;

  private static final int UUID_HALF_BYTES = 8;

  private final RowShape shape;
  private final RowColumn[] columns;
  private final RowRoom room = new RowRoom();
  private byte[] source = new byte[0];
  private byte[] made = new byte[1024];
  private int madeLength;

  /** An empty row of {@code shape}. */
  public FlatRow(RowShape shape) {
    this.shape = shape;
    this.columns = new RowColumn[shape.columns().size()];
    Arrays.setAll(columns, i -> new RowColumn(room));
  }

  /** Its columns' types. */
  public RowShape shape() {
    return shape;
  }

  /** One of its columns. */
  public RowColumn column(int index) {
    return columns[index];
  }

  /** What holds the bytes of a value of text or bytes; not to be changed. */
  public byte[] holder(long value) {
    return value < 0 ? made : source;
  }

  /** Where in its holder such a value starts. */
  public static int start(long value) {
    int start = (int) (value >> Integer.SIZE);
    return start < 0 ? ~start : start;
  }

  /** How many bytes it has. */
  public static int length(long value) {
    return (int) value;
  }

  @Override
  public Optional<Object> value(FieldPath path) {
    RowType.Single type = shape.column(path);
    RowColumn column = columns[type.column()];
    return column.present() == 0 ? Optional.empty() : Optional.of(object(type, column.value(0)));
  }

  /** Whether the field at {@code path}, of a single value, has none. */
  boolean isNull(FieldPath path) {
    return columns[shape.column(path).column()].present() == 0;
  }

  @Override
  public GenericRecord record() {
    return new RowRecords(this).record();
  }

  /** A value as Java has it. */
  Object object(RowType.Single type, long value) {
    return switch (type.kind()) {
      case BOOLEAN -> value != 0;
      case INT -> (int) value;
      case LONG -> value;
      case FLOAT -> Float.intBitsToFloat((int) value);
      case DOUBLE -> Double.longBitsToDouble(value);
      case TEXT, SYMBOL -> new String(holder(value), start(value), length(value), UTF_8);
      case BYTES, FIXED -> ByteBuffer.wrap(bytes(value));
      case UUID -> {
        ByteBuffer bits = ByteBuffer.wrap(holder(value), start(value), length(value));
        yield new UUID(bits.getLong(), bits.getLong()).toString();
      }
    };
  }

  private byte[] bytes(long value) {
    return Arrays.copyOfRange(holder(value), start(value), start(value) + length(value));
  }

  /** Forgets the record before, and takes the bytes of the next one, which are not copied. */
  public void begin(byte[] bytes) {
    source = bytes;
    madeLength = 0;
    room.clear();
    if (made.length > KEPT_BYTES) {
      made = new byte[KEPT_BYTES];
    }
    for (RowColumn column : columns) {
      column.clear();
    }
  }

  /** Adds to every column beneath a type that there is nothing, from {@code definition} on. */
  public void addMissing(RowType.Place place, int repetition, int definition) {
    for (int i = place.firstColumn(); i < place.endColumn(); i++) {
      columns[i].addMissing(repetition, definition);
    }
  }

  /** Bytes of the source as a value. */
  public static long inSource(int start, int length) {
    return ((long) start << Integer.SIZE) | length;
  }

  /** Room for {@code length} bytes, of which none need be used, and where it starts. */
  public int reserve(int length) {
    if (made.length - madeLength < length) {
      made = Arrays.copyOf(made, Math.max(2 * made.length, madeLength + length));
    }
    return madeLength;
  }

  /** What {@link #reserve} gave room in. */
  public byte[] made() {
    return made;
  }

  /** Keeps {@code length} of the bytes reserved last, as a value. */
  public long keep(int length) {
    long value = ((long) ~madeLength << Integer.SIZE) | length;
    madeLength += length;
    return value;
  }

  /** A copy of bytes as a value. */
  public long copy(byte[] bytes) {
    int start = reserve(bytes.length);
    System.arraycopy(bytes, 0, made, start, bytes.length);
    return keep(bytes.length);
  }

  /** A UUID as a value. */
  long copy(UUID uuid) {
    int start = reserve(2 * UUID_HALF_BYTES);
    ByteBuffer.wrap(made, start, 2 * UUID_HALF_BYTES)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits());
    return keep(2 * UUID_HALF_BYTES);
  }
}
