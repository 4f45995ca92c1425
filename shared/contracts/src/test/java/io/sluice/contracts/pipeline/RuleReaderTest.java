package io.sluice.contracts.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.contract.Condition;
import io.sluice.contracts.contract.Rule;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.FieldPath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {
  private static final String CONTRACT =
      """
      {"type":"record","name":"Event","fields":[
       {"name":"id","type":"string"},
       {"name":"region","type":["null",{"type":"enum","name":"E","symbols":["eu","us"]}]},
       {"name":"amount","type":"double"},
       {"name":"n","type":"long"},
       {"name":"ts","type":{"type":"long","logicalType":"timestamp-micros"}},
       {"name":"tags","type":{"type":"array","items":"string"}},
       {"name":"p","type":{"type":"record","name":"P","fields":[{"name":"net","type":"string"}]}}]}
      """;

  private static Pipeline read(String rules) {
    return PipelineReader.read(
        """
        pipeline: { name: events }
        transformation: { idempotency_key: [id], event_time: ts }
        ingestion:
          contract: contract.avsc
          rules:
        """
            + rules.indent(4),
        "pipeline.yaml",
        name -> Optional.of(CONTRACT));
  }

  @Test
  void readsEveryKindOfRule() {
    // When
    Pipeline pipeline =
        read(
            """
            - { fields: [region, p.net], not_null: true }
            - { field: amount, range: { min: -1.5, max: 10, exclusive: true }, name: amounts }
            - { field: ts, range: { min: 2020-01-01T00:00:00Z } }
            - { field: id, length: { max: 36 } }
            - { field: id, pattern: "[a-z]{2}[0-9]+" }
            - { field: region, one_of: [eu] }
            - { fields: [id, p.net], unique_in_batch: true }
            """);

    // Then
    FieldPath id = FieldPath.parse("id");
    FieldPath net = FieldPath.parse("p.net");
    FieldPath region = FieldPath.parse("region");
    assertThat(pipeline.contract().rules())
        .containsExactly(
            new Rule("not_null region,p.net", List.of(region, net), new Condition.NotNull()),
            new Rule(
                "amounts",
                List.of(FieldPath.parse("amount")),
                new Condition.Range("-1.5", "10", Condition.Ends.EXCLUDED)),
            new Rule(
                "range ts",
                List.of(FieldPath.parse("ts")),
                new Condition.Range("2020-01-01T00:00:00Z", "", Condition.Ends.INCLUDED)),
            new Rule("length id", List.of(id), new Condition.Length(0, 36)),
            new Rule("pattern id", List.of(id), new Condition.Matches("[a-z]{2}[0-9]+")),
            new Rule("one_of region", List.of(region), new Condition.OneOf(List.of("eu"))),
            new Rule("unique_in_batch id,p.net", List.of(id, net), new Condition.UniqueInBatch()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- {field: amount}|one of not_null, range, length, pattern, one_of, unique_in_batch,",
        "- {field: amount, not_null: true, range: {min: 1}}|one of not_null, range,",
        "- {not_null: true}|field or fields is wanted in a rule",
        "- {field: regoin, not_null: true}|regoin is not a field of the contract (did you mean"
            + " region?)",
        "- {field: amount, not_null: false}|ingestion.rules.not_null: false"
            + " (true is wanted, or no rule)",
        "- {field: id, range: {min: 1}}|ingestion.rules.range: id, a"
            + " string: a number, date or timestamp is wanted",
        "- {field: n, range: {}}|min or max is wanted",
        "- {field: n, range: {min: 3, max: 2}}|3 is more than 2",
        "- {field: n, range: {min: many}}|many is not a number",
        "- {field: n, range: {max: 1e30}}|is beyond 64 bits",
        "- {field: n, range: {max: 1e999999999}}|1e999999999 is beyond every number",
        "- {field: ts, range: {min: 2020-01-01}}|2020-01-01 is not a time, ISO-8601 with an offset",
        "- {field: n, length: {max: 3}}|a string, bytes, an array or a map is wanted",
        "- {field: id, length: {min: 3, max: 2}}|max no less than min",
        "- {field: id, length: {min: 1.5}}|a whole number is wanted",
        "- {field: id, pattern: '(a'}|RE2 does not know it",
        "- {field: id, pattern: '(?=a)'}|RE2 does not know it",
        "- {field: n, pattern: 'a'}|a string or enum is wanted",
        "- {field: region, one_of: [eu, asia]}|asia is not a symbol of the enum",
        "- {field: region, one_of: []}|at least one value is wanted",
        "- {field: n, one_of: [1, two]}|two is not a number",
        "- {field: n, one_of: [1.5]}|1.5 is not a value of the field",
        "- {field: amount, one_of: [1.5]}|a string, enum, int, long, date or time is wanted",
        "- {field: tags, unique_in_batch: true}|a single value is wanted",
        "- {field: p, length: {max: 1}}|ingestion.rules.length: p, a record: a string, bytes",
      })
  void refusesARuleThatCannotBeHeldAgainstItsFieldAndNamesTheLine(String rule, String reason) {
    assertThatThrownBy(() -> read(rule))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageStartingWith("Invalid pipeline.yaml line 6: ")
        .hasMessageContaining(reason);
  }

  @Test
  void refusesTwoRulesOfOneNameAndTooManyThatRememberKeys() {
    // Given
    String unique = "- {field: id, unique_in_batch: true, name: %s}\n";

    // Then
    assertThatThrownBy(() -> read("- {field: n, not_null: true}\n".repeat(2)))
        .hasMessage("Invalid pipeline.yaml line 7: another rule has the name not_null n");
    assertThatThrownBy(
            () -> read(unique.formatted("a") + unique.formatted("b") + unique.formatted("c")))
        .hasMessageContaining(
            "line 8: ingestion.rules.unique_in_batch stands in more than 2 rules");
  }

  @Test
  void changesTheFingerprintWithTheRulesAndNotWithTheirNames() {
    // Given
    String plain = fingerprint("[]");

    // Then
    assertThat(fingerprint("- {field: n, range: {min: 1}}"))
        .isNotEqualTo(plain)
        .isNotEqualTo(fingerprint("- {field: n, range: {min: 1, exclusive: true}}"))
        .isNotEqualTo(fingerprint("- {field: n, range: {min: 2}}"))
        .isNotEqualTo(fingerprint("- {field: n, range: {max: 1}}"))
        .isEqualTo(fingerprint("- {field: n, range: {min: 1}, name: positive}"));
  }

  private static String fingerprint(String rules) {
    return read(rules).contract().fingerprint();
  }
}
