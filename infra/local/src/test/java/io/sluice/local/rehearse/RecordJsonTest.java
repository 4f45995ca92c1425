package io.sluice.local.rehearse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.UnknownPolicy;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.decode.RecordDecoder;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
  private static final Contract CONTRACT =
      Contract.parse(
              """
              {"type": "record", "name": "R", "fields": [
                {"name": "id", "type": "string"},
                {"name": "items", "type": {"type": "array", "items":
                  {"type": "record", "name": "I", "fields": [
                    {"name": "n", "type": "double"},
                    {"name": "_extras", "type": "int"}]}}}]}
              """,
              "r")
          .withUnknown(UnknownPolicy.CAPTURE);

  @Test
  void putsWhatWasCapturedBackWhereItStood() throws IOException {
    // Given
    String line =
        "{\"id\":\"a\",\"items\":[{\"n\":1.5,\"_extras\":1},"
            + "{\"n\":1.0,\"_extras\":2,\"x\":1.10}],\"more\":{\"p\":[null]}}";
    byte[] bytes = line.getBytes(UTF_8);
    Decoded.Accepted accepted =
        (Decoded.Accepted) RecordDecoder.compile(CONTRACT).decode(bytes, 0, bytes.length);

    // Then
    assertThat(new String(new RecordJson(CONTRACT.schema()).of(accepted.record()), UTF_8))
        .isEqualTo(line);
  }
}
