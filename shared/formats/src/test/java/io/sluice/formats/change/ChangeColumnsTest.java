package io.sluice.formats.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Contract;
import io.sluice.formats.Demo;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class ChangeColumnsTest {
  @Test
  void letsEveryFieldBeNullAndAddsTheTwoColumns() {
    // Given
    Contract contract = Demo.contract();

    // When
    Schema raw = ChangeColumns.raw(contract).schema();

    // Then
    assertThat(raw.getFullName()).isEqualTo(contract.schema().getFullName());
    assertThat(raw.getFields())
        .extracting(Schema.Field::name)
        .containsExactly("type", "properties", "geometry", "id", "_op", "_position");
    assertThat(raw.getFields().subList(0, 4)).allMatch(field -> field.schema().isNullable());
    assertThat(raw.getFields().subList(4, 6)).noneMatch(field -> field.schema().isNullable());
  }
}
