package io.sluice.contracts.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.FieldPath;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{'|it is not an Avro schema",
        "[]|a union at the top",
        "'{\"type\":\"record\",\"name\":\"R\"}'|it is not an Avro schema",
        "'\"string\"'|a string at the top",
        "'{\"type\":\"map\",\"values\":17}'|it is not an Avro schema",
        "'{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}'|a record without fields",
        "'{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\","
            + "\"type\":[\"nul\",\"int\"],"
            + "\"default\":null}]}'|it is not an Avro schema: Undefined schema: nul",
        "'\"nothing\"'|it is not an Avro schema: Unknown schema: a name",
      })
  void saysWhyAContractCannotBeRead(String json, String reason) {
    assertThatThrownBy(() -> Contract.parse(json, "contract.avsc"))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageStartingWith("Invalid contract contract.avsc: ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a|['int','string']|a is the union",
        "a|['null','int','string']|a is the union",
        "a|'null'|a is always null",
        "a|['null','R']|a contains itself: R",
        "a|{'type':'array','items':'R'}|a[] contains itself: R",
        "_ordinal|'long'|the name _ordinal is reserved",
        "_Hash|'long'|the name _Hash is reserved",
        "_sluice_x|'long'|the name _sluice_x is reserved",
        "B|'long'|b differs from another field only in case",
        "a|{'type':'long','logicalType':'time-micros'}|time-micros on long",
        "a|{'type':'bytes','logicalType':'decimal','precision':0}|a has the logical type decimal",
        "a|{'type':'bytes','logicalType':'decimal','precision':39}|more than 38 digits",
        "a|{'type':'string','logicalType':'date'}|date on string",
        "a|{'type':'map','values':['int','string']}|a{} is the union",
        "a|{'type':'fixed','name':'F','size':0}|a is a fixed of no bytes",
        "a|{'type':'enum','name':'E','symbols':['A']},'default':'B'|a has a default that is not",
      })
  void refusesWhatItCannotHoldRecordsAgainst(String name, String type, String reason) {
    String json =
        "{'type':'record','name':'R','fields':[{'name':'%s','type':%s},{'name':'b','type':'int'}]}"
            .formatted(name, type)
            .replace('\'', '"');
    assertThatThrownBy(() -> Contract.parse(json, "contract.avsc"))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining(reason);
  }

  @Test
  void refusesTypesThatNestTooDeep() {
    // Given
    String type = "\"int\"";
    for (int i = 0; i <= ContractRules.MAX_DEPTH; i++) {
      type = "{\"type\":\"array\",\"items\":" + type + "}";
    }
    String json =
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":" + type + "}]}";

    // When, Then
    assertThatThrownBy(() -> Contract.parse(json, "contract.avsc"))
        .hasMessageContaining("nests deeper than 32 levels");
  }

  @Test
  void findsNestedFieldsAndKnowsThatANullableRecordMakesThemNullable() {
    // Given
    Contract contract =
        Contract.parse(
            """
            {"type":"record","name":"R","fields":[{"name":"p","type":["null",
            {"type":"record","name":"P","fields":[{"name":"t","type":
            {"type":"int","logicalType":"date"}}]}]}]}""",
            "contract.avsc");

    // When
    ContractField found = contract.find(FieldPath.parse("p.t")).orElseThrow();

    // Then
    assertThat(found.nullable()).isTrue();
    assertThat(found.isPrimitive()).isTrue();
    assertThat(found.typeName()).isEqualTo("date");
    assertThat(contract.find(FieldPath.parse("p.t.x"))).isEmpty();
    assertThat(contract.find(FieldPath.parse("q"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'double'|'float'",
        "'long'|{'type':'long','logicalType':'timestamp-millis'}",
        "'string'|{'type':'string','logicalType':'uuid'}",
        "'int','default':1|'int','default':2",
        "'int'|'int','default':1",
        "'int'|'int','aliases':['x']",
        "{'type':'map','values':'int'},'default':{'a':1}"
            + "|{'type':'map','values':'int'},'default':{}",
        "{'type':'enum','name':'E','symbols':['A']}|{'type':'enum','name':'E','symbols':['A','B']}",
        "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}"
            + "|{'type':'bytes','logicalType':'decimal','precision':9,'scale':3}",
        "'int'|['null','int']",
      })
  void hasAnotherFingerprintWhenOtherRecordsAreAcceptedOrKeptOtherwise(String one, String other) {
    assertThat(fingerprint(one)).matches("[0-9a-f]{16}").isNotEqualTo(fingerprint(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'int'|'int','doc':'What it is'",
        "'int'|{'type':'int','connect.version':2}",
        "'int','aliases':['x','y']|'int','aliases':['y','x']",
        "'int'|'int','order':'ignore'",
        "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}"
            + "|{'scale':2,'logicalType':'decimal','precision':9,'type':'bytes'}",
        "{'type':'map','values':'int'},'default':{'a':1,'b':2}"
            + "|{'type':'map','values':'int'},'default':{'b':2,'a':1}",
      })
  void keepsItsFingerprintWhenOnlyItsSpellingChanges(String one, String other) {
    assertThat(fingerprint(one)).isEqualTo(fingerprint(other));
  }

  private static String fingerprint(String type) {
    String json =
        "{'type':'record','name':'R','fields':[{'name':'a','type':%s}]}"
            .formatted(type)
            .replace('\'', '"');
    return Contract.parse(json, "contract.avsc").fingerprint();
  }

  @Test
  void isAnotherWhereUnknownFieldsAreNotLeftOut() {
    Contract contract =
        new Contract(SchemaBuilder.record("R").fields().requiredInt("a").endRecord());
    assertThat(contract.withUnknown(UnknownPolicy.IGNORE).fingerprint())
        .isEqualTo(contract.fingerprint());
    assertThat(contract.withUnknown(UnknownPolicy.REJECT).fingerprint())
        .isNotEqualTo(contract.fingerprint())
        .isNotEqualTo(contract.withUnknown(UnknownPolicy.CAPTURE).fingerprint());
  }
}
