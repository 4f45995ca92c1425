package io.sluice.local.print;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.id.PipelineName;
import io.sluice.local.quarantine.Column;
import io.sluice.local.quarantine.Groups;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarantinePrinterTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void saysThatGatesWithholdBatchesWhoseRecordsAreNotHere(int withheld) {
    // Given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    QuarantinePrinter printer =
        new QuarantinePrinter(new PipelineName("orders"), new PrintStream(bytes, true, UTF_8));

    // When
    printer.print(new Groups(List.of(Column.CODE)), withheld);

    // Then
    assertThat(bytes.toString(UTF_8).contains("withholds: 2, see ./sluice gate status orders"))
        .isEqualTo(withheld == 2);
  }
}
