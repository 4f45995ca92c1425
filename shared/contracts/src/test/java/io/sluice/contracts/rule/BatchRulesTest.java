package io.sluice.contracts.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Condition;
import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.Rule;
import io.sluice.core.batch.RecordError;
import io.sluice.core.id.FieldPath;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchRulesTest {
  private static final Contract CONTRACT =
      Contract.parse(
          """
          {"type":"record","name":"R","fields":[
           {"name":"int","type":["null","int"]},
           {"name":"float","type":"float"},
           {"name":"double","type":"double"},
           {"name":"text","type":["null","string"]},
           {"name":"day","type":{"type":"int","logicalType":"date"}},
           {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
           {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
           {"name":"tags","type":{"type":"array","items":"string"}},
           {"name":"in","type":["null",{"type":"record","name":"In","fields":[
             {"name":"x","type":"long"}]}]}]}
          """,
          "contract.avsc");

  private static GenericRecord record() {
    GenericRecord record = new GenericData.Record(CONTRACT.schema());
    record.put("int", 5);
    record.put("float", 0.1f);
    record.put("double", 0.1);
    record.put("text", new Utf8("naïve 😀"));
    record.put("day", 17_563);
    record.put("at", 1_517_443_200_001L);
    record.put("price", ByteBuffer.wrap(new BigDecimal("-1.50").unscaledValue().toByteArray()));
    record.put("tags", List.of("a", "b"));
    return record;
  }

  private static BatchRules rules(Rule... rules) {
    return BatchRules.compile(CONTRACT.withRules(List.of(rules)), 100, 3);
  }

  private static Rule rule(Condition condition, String... fields) {
    return new Rule("r", Arrays.stream(fields).map(FieldPath::parse).toList(), condition);
  }

  private static List<RecordError> check(BatchRules rules, GenericRecord record) {
    return rules.check(new GenericRecordValues(CONTRACT.schema(), rules.fields()).of(record));
  }

  private static Condition.Range range(@Nullable String min, @Nullable String max, String ends) {
    return new Condition.Range(
        min == null ? "" : min,
        max == null ? "" : max,
        ends.equals("in") ? Condition.Ends.INCLUDED : Condition.Ends.EXCLUDED);
  }

  @ParameterizedTest
  @CsvSource({
    "int, 5, 5, in",
    "int, 4.5, 5.5, in",
    "int, 4, 6, ex",
    "int, 4.5, 5.5, ex",
    "int, , 5, in",
    "int, 5, , in",
    "float, 0.1, 0.1, in",
    "double, 0.1, 0.1, in",
    "double, 0, 1, ex",
    "double, , 1, ex",
    "price, -1.5, -1.5, in",
    "price, -1.51, -1.49, ex",
    "day, 2018-02-01, 2018-02-01, in",
    "day, 2018-01-31, 2018-02-02, ex",
    "at, 2018-02-01T00:00:00.001Z, 2018-02-01T01:00:00.001+01:00, in",
    "at, 2018-02-01T00:00:00.000999Z, 2018-02-01T00:00:00.001001Z, ex",
  })
  void admitsValuesWithinARange(String field, String min, String max, String ends) {
    assertThat(check(rules(rule(range(min, max, ends), field)), record())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "int, 6, , in, 5",
    "int, 5, 6, ex, 5",
    "int, , 5, ex, 5",
    "float, 0.1, 1, ex, 0.1",
    "double, 0.2, , in, 0.1",
    "double, , 0.1, ex, 0.1",
    "price, , -1.50, ex, -1.50",
    "price, -1.49, , in, -1.50",
    "day, 2018-02-02, , in, 2018-02-01",
    "at, 2018-02-01T00:00:00.001001Z, , in, 2018-02-01T00:00:00.001Z",
  })
  void rejectsValuesBeyondARange(String field, String min, String max, String ends, String found) {
    // When
    List<RecordError> errors = check(rules(rule(range(min, max, ends), field)), record());

    // Then
    assertThat(errors).hasSize(1);
    assertThat(errors.getFirst().code()).isEqualTo("range");
    assertThat(errors.getFirst().path()).isEqualTo(field);
    assertThat(errors.getFirst().found()).isEqualTo(found);
    assertThat(errors.getFirst().rule()).isEqualTo("r");
  }

  @Test
  void tellsAllErrorsOfARecordTogether() {
    // Given
    BatchRules rules =
        rules(
            rule(new Condition.NotNull(), "in.x", "text"),
            rule(new Condition.Length(0, 6), "text", "tags"),
            rule(new Condition.Matches("[a-z]+"), "text"),
            rule(new Condition.OneOf(List.of("4", "6")), "int"));

    // Then
    assertThat(check(rules, record()))
        .containsExactly(
            new RecordError("not_null", "in.x", "a value", "null", "r"),
            new RecordError("length", "text", "a length from 0 to 6", "\"naïve 😀\"", "r"),
            new RecordError("pattern", "text", "a match of [a-z]+", "\"naïve 😀\"", "r"),
            new RecordError("one_of", "int", "one of 4, 6", "5", "r"));
  }

  @Test
  void countsCodePointsAndMatchesWholeValues() {
    assertThat(check(rules(rule(new Condition.Length(7, 7), "text")), record())).isEmpty();
    assertThat(check(rules(rule(new Condition.Matches("naïve ."), "text")), record())).isEmpty();
    assertThat(check(rules(rule(new Condition.Matches("naïve"), "text")), record())).hasSize(1);
    assertThat(check(rules(rule(new Condition.OneOf(List.of("5")), "int")), record())).isEmpty();
    assertThat(check(rules(rule(new Condition.Length(2, 2), "tags")), record())).isEmpty();
  }

  @Test
  void letsNullPassAllRulesButNotNull() {
    // Given
    GenericRecord empty = record();
    empty.put("text", null);
    BatchRules rules =
        rules(
            rule(new Condition.Length(1, 2), "text"),
            rule(new Condition.Matches("x"), "text"),
            rule(new Condition.OneOf(List.of("x")), "text"),
            rule(new Condition.UniqueInBatch(), "text"),
            rule(new Condition.NotNull(), "int"));

    // Then
    assertThat(check(rules, empty)).isEmpty();
    assertThat(check(rules, empty)).isEmpty();
  }

  @Test
  void matchesInTimeThatGrowsWithTheValueOnly() {
    // Given
    GenericRecord hostile = record();
    hostile.put("text", "a".repeat(20_000) + "!");

    // Then
    assertThat(check(rules(rule(new Condition.Matches("(a+)+"), "text")), hostile)).hasSize(1);
  }

  @Test
  void rejectsTheSecondRecordOfAKeyAndNotTheFirst() {
    // Given
    BatchRules rules = rules(rule(new Condition.UniqueInBatch(), "int", "text"));
    GenericRecord other = record();
    other.put("text", "other");

    // Then
    assertThat(check(rules, record())).isEmpty();
    assertThat(check(rules, other)).isEmpty();
    assertThat(check(rules, record()))
        .containsExactly(
            new RecordError(
                "unique_in_batch",
                "int,text",
                "each value once in a batch",
                "5, \"naïve 😀\"",
                "r"));
  }

  @Test
  void doesNotHoldARecordAgainstOneThatWasRejectedItself() {
    // Given
    BatchRules rules =
        rules(rule(new Condition.UniqueInBatch(), "text"), rule(range(null, "5", "in"), "int"));
    GenericRecord rejected = record();
    rejected.put("int", 6);

    // Then
    assertThat(check(rules, rejected)).hasSize(1);
    assertThat(check(rules, record())).isEmpty();
    assertThat(check(rules, rejected)).hasSize(2);
  }

  @Test
  void rejectsKeysThatItCannotRememberAndThoseItHasSeen() {
    // Given
    BatchRules rules = rules(rule(new Condition.UniqueInBatch(), "int"));

    // When
    List<String> found =
        IntStream.of(1, 2, 3, 4, 1)
            .mapToObj(
                number -> {
                  GenericRecord record = record();
                  record.put("int", number);
                  return check(rules, record).stream().map(RecordError::expected).toList();
                })
            .map(String::valueOf)
            .toList();

    // Then
    assertThat(found)
        .containsExactly(
            "[]", "[]", "[]", "[no more keys than fit]", "[each value once in a batch]");
  }

  @Test
  void tellsHowManyErrorsThereAreBeyondTheLimit() {
    // Given
    Rule[] many =
        IntStream.range(0, 5)
            .mapToObj(i -> rule(new Condition.OneOf(List.of("0")), "int"))
            .toArray(Rule[]::new);
    BatchRules rules = BatchRules.compile(CONTRACT.withRules(List.of(many)), 3);

    // Then
    assertThat(check(rules, record()))
        .hasSize(3)
        .last()
        .isEqualTo(new RecordError("more", "", "at most 3 errors", "3 more"));
  }
}
