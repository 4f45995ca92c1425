package io.sluice.contracts.pipeline;

import static io.sluice.contracts.pipeline.Declared.SMALLEST;
import static io.sluice.contracts.pipeline.Declared.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.contract.UnknownPolicy;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.PipelineName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestionReaderTest {
  @Test
  void readsABudgetByCountAndWhatIsRedacted() {
    // When
    Ingestion ingestion =
        read(SMALLEST.replace(
                "contract:", "reject_budget: {count: 3}\n  redact: [p.net]\n  contract:"))
            .ingestion();

    // Then
    assertThat(ingestion.rejectBudget()).isEqualTo(new RejectBudget(0.05, 3));
    assertThat(ingestion.redact()).containsExactly(FieldPath.parse("p.net"));
    assertThat(ingestion.rejectBudget().exceededBy(new LandCounts(1000, 997, 3))).isEmpty();
    assertThat(ingestion.rejectBudget().exceededBy(new LandCounts(1000, 996, 4)))
        .contains("4 records are rejected, the budget is 3");
    assertThat(ingestion.rejectBudget().exceededBy(new LandCounts(10, 9, 1)))
        .contains("1 of 10 records are rejected, the budget is 0.05000 of them");
  }

  @Test
  void refusesABudgetThatIsNoCountAndAMisspeltFieldToRedact() {
    assertThatThrownBy(
            () -> read(SMALLEST.replace("contract:", "reject_budget: {count: 0.5}\n  contract:")))
        .hasMessageContaining("reject_budget.count: 0.5 (a whole number is wanted)");
    assertThatThrownBy(() -> read(SMALLEST.replace("contract:", "redact: [p.nett]\n  contract:")))
        .hasMessageContaining(
            "ingestion.redact: p.nett is not a field of the contract (did you mean p.net?)");
  }

  @Test
  void readsWhatBecomesOfUnknownFields() {
    assertThat(read(SMALLEST).contract().unknown()).isEqualTo(UnknownPolicy.IGNORE);
    assertThat(
            read(SMALLEST.replace("contract:", "unknown_fields: capture\n  contract:"))
                .contract()
                .unknown())
        .isEqualTo(UnknownPolicy.CAPTURE);
    assertThatThrownBy(
            () -> read(SMALLEST.replace("contract:", "unknown_fields: drop\n  contract:")))
        .hasMessageContaining(
            "ingestion.unknown_fields: drop (one of reject, ignore, capture is wanted)");
  }

  @Test
  void readsFormatsDialectsAndLimits() {
    // When
    Ingestion ingestion =
        read(SMALLEST.replace(
                "contract:",
                """
                format: tsv
                  csv:
                    delimiter: ";"
                    'null': NA
                    mapping: {Event ID: event_id, "Net": p.net}
                  limits: {record_bytes: 1000, depth: 5, rows: 1e6, errors: 3}
                  contract:\
                """))
            .ingestion();

    // Then
    assertThat(ingestion.format()).isEqualTo(Format.TSV);
    assertThat(ingestion.csv())
        .isEqualTo(
            new CsvDialect(
                ";",
                "\"",
                "\"",
                true,
                List.of(),
                "NA",
                Map.of("Event ID", FieldPath.parse("event_id"), "Net", FieldPath.parse("p.net"))));
    assertThat(ingestion.limits().recordBytes()).isEqualTo(1000);
    assertThat(ingestion.limits().depth()).isEqualTo(5);
    assertThat(ingestion.limits().rows()).isEqualTo(1_000_000);
    assertThat(ingestion.limits().errors()).isEqualTo(3);
    assertThat(ingestion.limits().ratio()).isEqualTo(Limits.DEFAULT.ratio());
  }

  @Test
  void detectsTheFormatThatIsNotDeclared() {
    assertThat(read(SMALLEST).ingestion().format()).isEqualTo(Format.DETECTED);
    assertThat(read(SMALLEST).ingestion().csv()).isEqualTo(CsvDialect.DEFAULT);
    assertThat(read(SMALLEST).ingestion().limits()).isEqualTo(Limits.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format: xml|line 4: ingestion.format: xml (one of ndjson, json, csv, tsv, avro,",
        "format: detected|ingestion.format: detected (one of",
        "csv: {delimiter: ab}|line 4: ingestion.csv.delimiter: ab (one ASCII character",
        "csv: {delimiter: '\"'}|ingestion.csv.delimiter is the quote or the escape too",
        "csv: {quote: ''}|no problem",
        "csv: {header: false}|ingestion.csv.columns are wanted where header is false",
        "csv: {columns: [event_id]}|ingestion.csv.columns are wanted where header is false",
        "csv: {header: false, columns: [event_id]}|no problem",
        "csv: {mapping: {A: a..b}}|ingestion.csv.mapping.A: a..b (a field of the contract",
        "csv: {mapping: {A: p.nt}}|p.nt is not a field of the contract (did you mean p.net?)",
        "csv: {mapping: {A: ts, A: ts}}|key ingestion.csv.mapping.A stands there twice",
        "csv: {sep: ','}|unknown key ingestion.csv.sep",
        "limits: {depth: 65}|ingestion.limits.depth: 65 (a whole number from 1 to 64",
        "limits: {rows: 1.5}|ingestion.limits.rows: 1.5 (a whole number",
        "limits: {rows: 0}|ingestion.limits.rows: 0 (a whole number",
        "limits: {row: 1}|unknown key ingestion.limits.row (did you mean rows?)",
      })
  void refusesDialectsAndLimitsThatMeanNothing(String yaml, String reason) {
    String declared = SMALLEST.replace("contract:", yaml + "\n  contract:");
    if (reason.equals("no problem")) {
      assertThat(read(declared).name()).isEqualTo(new PipelineName("events"));
    } else {
      assertThatThrownBy(() -> read(declared))
          .isInstanceOf(ConfigurationFailure.class)
          .hasMessageContaining(reason);
    }
  }

  @Test
  void refusesThatChangesBeUniqueInTheirBatch() {
    assertThatThrownBy(
            () ->
                read(
                    SMALLEST.replace(
                        "contract:",
                        """
                        format: debezium
                          rules:
                            - { field: event_id, unique_in_batch: true }
                          contract:""")))
        .hasMessageContaining("ingestion.rules: unique_in_batch does not hold of changes");
  }
}
