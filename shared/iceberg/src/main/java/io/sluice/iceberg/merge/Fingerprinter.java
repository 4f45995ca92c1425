package io.sluice.iceberg.merge;

import io.sluice.contracts.contract.Contract;
import io.sluice.iceberg.scan.ScannedColumn;
import io.sluice.iceberg.schema.TableShape;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprints of rows. Values are digested with the id of their field, nulls not at all, and
 * numbers at their widest: a column added, made optional, renamed, moved or widened leaves the
 * fingerprints of old rows as they were. Not thread-safe.
 */
final class Fingerprinter {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  private final MessageDigest digest = sha256();
  private final byte[] word = new byte[Long.BYTES];
  private final IdentityHashMap<Types.StructType, int[]> orders = new IdentityHashMap<>();
  private final Types.StructType row;
  private final List<RowField> key;
  private final InternalRecordWrapper wrapper;
  private final PartitionKey partition;

  Fingerprinter(Schema schema, UniqueKey key) {
    this.row = schema.asStruct();
    this.key = key.fields().stream().map(path -> RowField.find(row, path)).toList();
    this.wrapper = new InternalRecordWrapper(row);
    this.partition = new PartitionKey(key.within(), schema);
    orders.put(row, order(row, column -> isContent(row.fields().get(column).name())));
  }

  /** What was captured beyond the contract is content: nobody may take two for duplicates. */
  private static boolean isContent(String column) {
    return column.equals(Contract.EXTRAS) || !TableShape.ADDED.contains(column);
  }

  /** The fingerprint of a row's key. */
  Fingerprint key(StructLike row) {
    for (RowField field : key) {
      Object value = field.of(row);
      if (value == null) {
        throw new IllegalStateException("A key field is null, which the contract forbids");
      }
      add(field.type(), value);
    }
    if (partition.size() > 0) {
      partition.partition(wrapper.wrap(row));
      addPartition(partition);
    }
    return Fingerprint.of(digest.digest());
  }

  /**
   * The fingerprint of the key of a row that is scanned.
   *
   * @param key the columns of the key's fields
   * @param chunk the row's number in the chunk that they stand at
   * @param there the partition that the row is in, where keys stand in partitions
   */
  Fingerprint key(List<ScannedColumn> key, int chunk, StructLike there) {
    for (ScannedColumn column : key) {
      switch (column.kind()) {
        case NUMBER -> addLong(column.bits(chunk));
        case BYTES -> {
          addLong(column.length(chunk));
          digest.update(column.source(), column.start(chunk), column.length(chunk));
        }
        case UUID -> {
          ByteBuffer bytes = ByteBuffer.wrap(column.source());
          addLong(bytes.getLong(column.start(chunk)));
          addLong(bytes.getLong(column.start(chunk) + Long.BYTES));
        }
      }
    }
    if (partition.size() > 0) {
      addPartition(there);
    }
    return Fingerprint.of(digest.digest());
  }

  /** The partition of the row whose key was taken last, where keys stand in partitions. */
  PartitionKey partition() {
    return partition;
  }

  private void addPartition(StructLike there) {
    for (int i = 0; i < there.size(); i++) {
      Object value = there.get(i, Object.class);
      digest.update((byte) (value == null ? 0 : 1));
      if (value != null) {
        addPrimitive(value);
      }
    }
  }

  /** The fingerprint of what a record brought, in a row of the schema given at construction. */
  Fingerprint content(StructLike content) {
    addFields(row, content);
    return Fingerprint.of(digest.digest());
  }

  private void addField(Types.NestedField field, @Nullable Object value) {
    if (value != null) {
      addLong(field.fieldId());
      add(field.type(), value);
    }
  }

  private void add(Type type, Object value) {
    switch (type.typeId()) {
      case STRUCT -> addStruct(type.asStructType(), (StructLike) value);
      case LIST -> addList(type.asListType(), (List<?>) value);
      case MAP -> addMap(type.asMapType(), (Map<?, ?>) value);
      default -> addPrimitive(value);
    }
  }

  private void addStruct(Types.StructType type, StructLike struct) {
    addFields(type, struct);
    addLong(-1);
  }

  private void addFields(Types.StructType type, StructLike struct) {
    for (int position : orders.computeIfAbsent(type, t -> order(t, any -> true))) {
      addField(type.fields().get(position), struct.get(position, Object.class));
    }
  }

  /** The wanted positions of a record's fields, by the fields' ids. */
  private static int[] order(Types.StructType type, IntPredicate wanted) {
    return IntStream.range(0, type.fields().size())
        .filter(wanted)
        .boxed()
        .sorted(Comparator.comparingInt(position -> type.fields().get(position).fieldId()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void addList(Types.ListType type, List<?> list) {
    addLong(list.size());
    for (Object element : list) {
      addNullable(type.elementType(), element);
    }
  }

  private void addMap(Types.MapType type, Map<?, ?> map) {
    addLong(map.size());
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((name, value) -> sorted.put(name.toString(), value));
    sorted.forEach(
        (name, value) -> {
          addPrimitive(name);
          addNullable(type.valueType(), value);
        });
  }

  private void addNullable(Type type, @Nullable Object value) {
    if (value == null) {
      digest.update((byte) 0);
    } else {
      digest.update((byte) 1);
      add(type, value);
    }
  }

  private void addPrimitive(Object value) {
    switch (value) {
      case Boolean bool -> addLong(bool ? 1 : 0);
      case Integer number -> addLong(number);
      case Long number -> addLong(number);
      case Float number -> addLong(Double.doubleToLongBits(number));
      case Double number -> addLong(Double.doubleToLongBits(number));
      case BigDecimal decimal -> addBytes(decimal.unscaledValue().toByteArray());
      case CharSequence text -> addBytes(text.toString().getBytes(StandardCharsets.UTF_8));
      case UUID uuid -> {
        addLong(uuid.getMostSignificantBits());
        addLong(uuid.getLeastSignificantBits());
      }
      case LocalDate date -> addLong(date.toEpochDay());
      case LocalTime time -> addLong(time.toNanoOfDay() / 1000);
      case LocalDateTime time -> addLong(ChronoUnit.MICROS.between(EPOCH, time));
      case OffsetDateTime time ->
          addPrimitive(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
      case ByteBuffer bytes -> {
        addLong(bytes.remaining());
        digest.update(bytes.duplicate());
      }
      case byte[] bytes -> addBytes(bytes);
      default -> throw new IllegalStateException("No column holds a " + value.getClass());
    }
  }

  private void addBytes(byte[] bytes) {
    addLong(bytes.length);
    digest.update(bytes);
  }

  private void addLong(long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      word[i] = (byte) (value >>> (8 * i));
    }
    digest.update(word);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
