package io.sluice.iceberg.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.id.FieldPath;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprinterTest {
  private static final NestedField ID = NestedField.required(1, "id", Types.StringType.get());
  private static final NestedField COUNT =
      NestedField.required(2, "count", Types.IntegerType.get());
  private static final Types.MapType TAGS =
      Types.MapType.ofOptional(11, 12, Types.StringType.get(), Types.LongType.get());

  @Test
  void keepsTheFingerprintWhenANullableColumnIsAdded() {
    // Given
    Schema wider = new Schema(ID, COUNT, NestedField.optional(3, "note", Types.StringType.get()));

    // Then
    assertThat(content(wider, "a", 1, null)).isEqualTo(content(new Schema(ID, COUNT), "a", 1));
    assertThat(content(wider, "a", 1, "")).isNotEqualTo(content(new Schema(ID, COUNT), "a", 1));
  }

  @Test
  void keepsTheFingerprintWhenAnIntegerBecomesLong() {
    assertThat(content(new Schema(ID, column(2, "count", Types.LongType.get())), "a", 7L))
        .isEqualTo(content(new Schema(ID, COUNT), "a", 7));
  }

  @Test
  void keepsTheFingerprintWhenAFloatBecomesDouble() {
    assertThat(content(new Schema(column(2, "x", Types.DoubleType.get())), (double) 0.1f))
        .isEqualTo(content(new Schema(column(2, "x", Types.FloatType.get())), 0.1f));
  }

  @Test
  void keepsTheFingerprintWhenColumnsAreRenamedOrMoved() {
    // Given
    Schema renamed = new Schema(column(2, "number", Types.IntegerType.get()), ID);

    // Then
    assertThat(content(renamed, 7, "a")).isEqualTo(content(new Schema(ID, COUNT), "a", 7));
  }

  @Test
  void keepsTheFingerprintWhenFieldsOfARecordAreMoved() {
    // Given
    Types.StructType struct = Types.StructType.of(ID, COUNT);
    Types.StructType moved = Types.StructType.of(COUNT, ID);

    // Then
    assertThat(content(new Schema(column(9, "r", moved)), struct(moved, 7, "a")))
        .isEqualTo(content(new Schema(column(9, "r", struct)), struct(struct, "a", 7)));
  }

  @Test
  void keepsTheFingerprintInWhateverOrderTheEntriesOfAMapCome() {
    // Given
    Schema schema = new Schema(column(10, "tags", TAGS));
    Map<String, Long> there = new LinkedHashMap<>(Map.of("a", 1L));
    there.put("b", 2L);
    Map<String, Long> back = new LinkedHashMap<>(Map.of("b", 2L));
    back.put("a", 1L);

    // Then
    assertThat(content(schema, there)).isEqualTo(content(schema, back));
    assertThat(content(schema, Map.of("a", 2L, "b", 1L))).isNotEqualTo(content(schema, there));
  }

  @Test
  void tellsListsApartByTheirOrderTheirLengthAndTheirNulls() {
    // Given
    Schema schema =
        new Schema(column(4, "l", Types.ListType.ofOptional(5, Types.StringType.get())));

    // Then
    assertThat(
            List.of(
                content(schema, List.of("a", "b")),
                content(schema, List.of("b", "a")),
                content(schema, List.of("ab")),
                content(schema, List.of("a")),
                content(schema, List.of()),
                content(schema, Collections.singletonList(null))))
        .doesNotHaveDuplicates();
  }

  @Test
  void tellsTheSameValueInAnotherColumnApart() {
    // Given
    Schema schema =
        new Schema(
            NestedField.optional(1, "a", Types.StringType.get()),
            NestedField.optional(2, "b", Types.StringType.get()));

    // Then
    assertThat(content(schema, "x", null)).isNotEqualTo(content(schema, null, "x"));
  }

  @Test
  void tellsANullRecordFromARecordOfNulls() {
    // Given
    Types.StructType struct =
        Types.StructType.of(NestedField.optional(1, "a", Types.StringType.get()));
    Schema schema = new Schema(NestedField.optional(9, "r", struct));

    // Then
    assertThat(content(schema, struct(struct, (Object) null)))
        .isNotEqualTo(content(schema, (Object) null));
  }

  @ParameterizedTest
  @CsvSource({"ab, c, a, bc", "a, '', '', a", "a, b, b, a"})
  void tellsKeysApartWhoseFieldsJoinToTheSame(String a, String b, String c, String d) {
    assertThat(key(a, b)).isNotEqualTo(key(c, d)).isEqualTo(key(a, b));
  }

  @Test
  void leavesOutTheColumnsThatSluiceAdds() {
    // Given
    Schema schema = new Schema(ID, column(7, "_batch", Types.StringType.get()));

    // Then
    assertThat(content(schema, "a", "1")).isEqualTo(content(schema, "a", "2"));
  }

  private static Fingerprint key(String first, String second) {
    Schema schema =
        new Schema(column(1, "a", Types.StringType.get()), column(2, "b", Types.StringType.get()));
    return new Fingerprinter(schema, tableWide(FieldPath.parse("a"), FieldPath.parse("b")))
        .key(struct(schema.asStruct(), first, second));
  }

  private static Fingerprint content(Schema schema, @Nullable Object... values) {
    return new Fingerprinter(schema, tableWide()).content(struct(schema.asStruct(), values));
  }

  private static Record struct(Types.StructType type, @Nullable Object... values) {
    Record record = GenericRecord.create(type);
    for (int position = 0; position < values.length; position++) {
      record.set(position, values[position]);
    }
    return record;
  }

  private static NestedField column(int id, String name, Type type) {
    return NestedField.required(id, name, type);
  }

  private static UniqueKey tableWide(FieldPath... fields) {
    return new UniqueKey(List.of(fields), PartitionSpec.unpartitioned());
  }
}
