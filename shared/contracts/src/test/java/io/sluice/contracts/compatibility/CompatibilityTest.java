package io.sluice.contracts.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.UnknownPolicy;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {
  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse("{'type':'record','name':'R','fields':[%s]}".formatted(fields).replace('\'', '"'));
  }

  private static Schema field(String rest) {
    return record("{'name':'a','type':" + rest + "}");
  }

  private static Compatibility of(List<Difference> differences) {
    return new Compatibility(differences, List.of(), List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'int'|'long'|is long, was int|backward|widen",
        "'long'|'int'|is int, was long|forward|not possible",
        "'float'|'double'|is double, was float|backward|widen",
        "'int'|'double'|is double, was int|backward|not possible",
        "'string'|'bytes'|is bytes, was string|full|not possible",
        "'int'|'string'|is string, was int|none|not possible",
        "'int'|['null','int']|may be null now|backward|make optional",
        "['null','int']|'int'|may be null no more|forward|not possible",
        "'int'|'int','default':1|has the default 1, had no default|full|none",
        "{'type':'array','items':'int'}|{'type':'array','items':'long'}|is long, was"
            + " int|backward|widen",
        "{'type':'long','logicalType':'timestamp-millis'}"
            + "|{'type':'long','logicalType':'timestamp-micros'}|is"
            + " timestamp-micros, was timestamp-millis|none|none",
        "'string'|{'type':'string','logicalType':'uuid'}|is uuid, was string|none|not possible",
        "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}"
            + "|{'type':'bytes','logicalType':'decimal','precision':12,'scale':2}"
            + "|is decimal(12, 2), was decimal(9, 2)|none|widen",
        "{'type':'enum','name':'E','symbols':['A']}|{'type':'enum','name':'E','symbols':['A','B']}"
            + "|has the symbol B|backward|none",
        "{'type':'enum','name':'E','symbols':['A','B']}|{'type':'enum','name':'E','symbols':['A']}"
            + "|has the symbol B no more|forward|none",
        "{'type':'enum','name':'E','symbols':['A'],'default':'A'}"
            + "|{'type':'enum','name':'E','symbols':['A','B'],'default':'A'}|has"
            + " the symbol B|full|none",
        "{'type':'fixed','name':'F','size':2}|{'type':'fixed','name':'F','size':3}"
            + "|is fixed(3), was fixed(2)|none|not possible",
        "{'type':'fixed','name':'F','size':2}|{'type':'fixed','name':'G','size':2}"
            + "|is the fixed G, was F|none|none",
      })
  void namesWhatChangedWhatItBreaksAndWhatItDoesToTheTable(
      String before, String after, String what, String verdict, String table) {
    // When
    List<Difference> differences = Compatibility.between(field(before), field(after));

    // Then
    assertThat(differences).hasSize(1);
    assertThat(differences.getFirst().what()).isEqualTo(what);
    assertThat(differences.getFirst().table().word()).isEqualTo(table);
    assertThat(of(differences).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':'a','type':'int'}|{'name':'a','type':'int'},{'name':'b','type':'int'}"
            + "|b: is added|forward|not possible",
        "{'name':'a','type':'int'}"
            + "|{'name':'a','type':'int'},{'name':'b','type':['null','int'],'default':null}"
            + "|b: is added|full|add column",
        "{'name':'a','type':'int'}|{'name':'a','type':'int'},{'name':'b','type':['null','int']}"
            + "|b: is added|forward|add column",
        "{'name':'a','type':'int'},{'name':'b','type':'int'}|{'name':'a','type':'int'}"
            + "|b: is removed|backward|not possible",
        "{'name':'a','type':'int'}|{'name':'b','type':'int','aliases':['a']}"
            + "|b: is the new name of a|backward|rename",
        "{'name':'a','type':'int'},{'name':'b','type':'int'}"
            + "|{'name':'b','type':'int'},{'name':'a','type':'int'}"
            + "|: has its fields in another order|full|reorder",
      })
  void namesFieldsThatAppearDisappearMoveOrAreRenamed(
      String before, String after, String difference, String verdict, String table) {
    // When
    List<Difference> differences = Compatibility.between(record(before), record(after));

    // Then
    assertThat(differences)
        .extracting(each -> each.path() + ": " + each.what())
        .containsExactly(difference);
    assertThat(differences.getFirst().table().word()).isEqualTo(table);
    assertThat(of(differences).verdict()).isEqualTo(verdict);
  }

  @Test
  void findsAllDifferencesAndNotTheFirstOnly() {
    // Given
    Schema before =
        record(
            "{'name':'p','type':{'type':'record','name':'P','fields':["
                + "{'name':'x','type':'int'},{'name':'y','type':'string'}]}},"
                + "{'name':'old','type':'int'}");
    Schema after =
        record(
            "{'name':'p','type':{'type':'record','name':'P','fields':["
                + "{'name':'x','type':'string'},{'name':'y','type':['null','string']}]}},"
                + "{'name':'fresh','type':'int'}");

    // Then
    assertThat(Compatibility.between(before, after))
        .extracting(Difference::path)
        .containsExactly("p.x", "p.y", "fresh", "old");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IGNORE|REJECT|has unknown_fields: reject, had ignore: records that passed may fail|none",
        "REJECT|IGNORE|has unknown_fields: ignore, had reject|none",
        "IGNORE|CAPTURE|has unknown_fields: capture, had ignore|add column",
      })
  void namesWhatBecomesOfUnknownFields(
      UnknownPolicy before, UnknownPolicy after, String what, String table) {
    // Given
    Contract contract = new Contract(field("'int'"));

    // When
    Compatibility compatibility =
        Compatibility.of(contract.withUnknown(before), contract.withUnknown(after));

    // Then
    assertThat(compatibility.verdict()).isEqualTo("full");
    assertThat(compatibility.differences())
        .singleElement()
        .satisfies(difference -> assertThat(difference.what()).isEqualTo(what))
        .satisfies(difference -> assertThat(difference.table().word()).isEqualTo(table));
    assertThat(
            Compatibility.of(contract.withUnknown(after), contract.withUnknown(after))
                .differences())
        .isEmpty();
  }
}
