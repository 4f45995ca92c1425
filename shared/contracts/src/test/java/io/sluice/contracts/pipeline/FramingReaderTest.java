package io.sluice.contracts.pipeline;

import static io.sluice.contracts.pipeline.Declared.SMALLEST;
import static io.sluice.contracts.pipeline.Declared.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.framing.Framing;
import io.sluice.core.failure.ConfigurationFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingReaderTest {
  private static String declared(String ingestion) {
    return SMALLEST.replace("contract:", ingestion.replace("; ", "\n  ") + "\n  contract:");
  }

  @Test
  void takesRecordsForUnframedUnlessTheyAreDeclaredFramed() {
    assertThat(read(SMALLEST).ingestion().framing()).isEqualTo(Framing.NONE);
    assertThat(read(declared("framing: none; format: csv")).ingestion().framing())
        .isEqualTo(Framing.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "confluent, objects",
    "confluent, http://registry:8081/apis/ccompat/v7",
    "glue, glue",
    "glue, glue:shop",
    "glue, objects",
    "single-object, objects"
  })
  void readsAFramingAndWhoKnowsItsSchemas(String framing, String registry) {
    // When
    Ingestion ingestion =
        read(declared("format: avro; framing: " + framing + "; schema_registry: " + registry))
            .ingestion();

    // Then
    assertThat(ingestion.framing().word()).isEqualTo(framing);
    assertThat(ingestion.schemaRegistry()).isEqualTo(registry);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "framing: avro|line 4: ingestion.framing: avro (one of none, confluent, glue",
        "framing: glue; schema_registry: glue|ingestion.framing: glue (format: avro is wanted,",
        "format: ndjson; framing: glue; schema_registry: glue|ndjson has no place for them)",
        "format: debezium; framing: confluent; schema_registry: objects|debezium has no place",
        "format: avro; framing: confluent|ingestion.schema_registry is missing",
        "format: avro; framing: glue; schema_registry: http://h|in glue or objects, not in http",
        "format: avro; framing: confluent; schema_registry: glue|… or objects, not in glue",
        "format: avro; framing: single-object; schema_registry: glue|are in objects, not in glue",
        "format: avro; framing: confluent; schema_registry: ftp://h|registry is to be objects",
        "format: avro; framing: glue; schema_registry: 'glue:a/b'|schema_registry is to be objects",
      })
  void refusesWhatCannotBeFramedAndWhoCannotKnow(String ingestion, String reason) {
    assertThatThrownBy(() -> read(declared(ingestion)))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining(reason);
  }
}
