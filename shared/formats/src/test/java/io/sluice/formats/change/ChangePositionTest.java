package io.sluice.formats.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangePositionTest {
  private static Map<String, String> source(String fields) {
    Map<String, String> source = new LinkedHashMap<>();
    for (String field : fields.split(" ", -1)) {
      int equals = field.indexOf('=');
      source.put(field.substring(0, equals), field.substring(equals + 1));
    }
    return source;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "connector=postgresql lsn=9|connector=postgresql lsn=24023128",
        "connector=mysql file=bin.000009 pos=999 row=0|connector=mysql file=bin.000010 pos=4 row=0",
        "connector=mysql file=b.999999 pos=9 row=0|connector=mysql file=b.1000000 pos=4 row=0",
        "connector=mysql file=b.03 pos=154 row=2|connector=mysql file=b.03 pos=154 row=10",
        "connector=sqlserver commit_lsn=00000027:00000758:0005"
            + "|connector=sqlserver commit_lsn=00000027:00000758:0005"
            + " change_lsn=00000027:00000758:0003",
        "connector=sqlserver commit_lsn=00000027:00000AC0:0002 event_serial_no=9"
            + "|connector=sqlserver commit_lsn=00000027:00000ac0:0002 event_serial_no=10",
        "connector=oracle scn=999|connector=oracle scn=1000",
        "connector=mongodb ts_ms=1558965508000 ord=9|connector=mongodb ts_ms=1558965508000 ord=31",
        "connector=other ts_ms=999|ts_ms=1000",
      })
  void sortsAsItsSourceDoes(String earlier, String later) {
    assertThat(ChangePosition.of(source(earlier)).orElseThrow())
        .isLessThan(ChangePosition.of(source(later)).orElseThrow());
  }

  @Test
  void fallsBackToTheTimeWhereTheSourceTellsNoPosition() {
    assertThat(ChangePosition.of(source("connector=postgresql ts_ms=7")))
        .contains("time:0000000000000000007");
    assertThat(ChangePosition.of(source("connector=mysql file= pos=1 ts_ms=7")))
        .contains("time:0000000000000000007");
  }

  @ParameterizedTest
  @CsvSource({"connector=postgresql", "ts_ms=-1", "ts_ms=1e3", "ts_ms=99999999999999999999"})
  void tellsNoPositionWithoutANumber(String source) {
    assertThat(ChangePosition.of(source(source))).isEmpty();
  }
}
