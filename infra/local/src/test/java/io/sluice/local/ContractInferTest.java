package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.pipeline.Limits;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.core.id.FieldPath;
import io.sluice.formats.compress.Decompression;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.record.NdjsonRecords;
import io.sluice.local.SluiceProcess.Outcome;
import io.sluice.local.demo.DemoData;
import io.sluice.local.lake.PipelineFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractInferTest {
  private static final int DAYS = 8;
  private static final int EARTHQUAKES = 1707;

  @TempDir private Path folder;

  @Test
  void draftsAContractThatAcceptsEveryEarthquake() throws Exception {
    // Given
    List<Path> days =
        DemoData.prepare(folder.resolve("demo"), DemoData.Lake.FRESH).inputs().subList(0, DAYS);
    Path draft = folder.resolve("quakes");

    // When
    Outcome outcome = infer(days, "--out", draft);

    // Then
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(Sluice.DONE);
    assertThat(outcome.err()).contains("Drafted from 1,707 samples");
    Pipeline pipeline = PipelineFolder.read(draft, RegistryAccess.NONE).pipeline();
    assertThat(pipeline.name().value()).isEqualTo("quakes");
    assertThat(pipeline.transformation().idempotencyKey()).containsExactly(FieldPath.parse("id"));
    assertThat(pipeline.transformation().eventTime()).isEqualTo(FieldPath.parse("properties.time"));
    int accepted = 0;
    for (Path day : days) {
      accepted += accepted(day, pipeline);
    }
    assertThat(accepted).isEqualTo(EARTHQUAKES);
  }

  /** How many records there are, all of which must be accepted. */
  private static int accepted(Path file, Pipeline pipeline) throws IOException {
    try (InputStream in = Decompression.open(Files.newInputStream(file), Limits.DEFAULT);
        NdjsonRecords records = new NdjsonRecords(in, pipeline.contract(), Limits.DEFAULT)) {
      int accepted = 0;
      while (records.next()) {
        assertThat(records.decode()).isInstanceOf(Decoded.Accepted.class);
        accepted++;
      }
      return accepted;
    }
  }

  @Test
  void tellsTypesAndNullsFromTheValues() throws Exception {
    // Given
    Path sample =
        Files.writeString(
            folder.resolve("orders 2026.ndjson"),
            """
            {"id":"a","n":1,"big":9999999999999,"at":"2026-01-01T00:00:00+01:00",\
            "day":"2026-01-01",\
            "u":"0F8FAD5B-D9CB-469F-A165-70867728950E","tags":[],"x-y":1,"mixed":1,"o":{"v":1.5}}
            {"id":"b","n":2.5,"big":1,"at":"2026-01-01T00:00:00.000001Z","day":"2026-01-02",\
            "u":"0f8fad5b-d9cb-469f-a165-70867728950f","tags":["t",null],"mixed":true,\
            "o":{"v":null}}
            nonsense
            """);

    // When
    Outcome outcome = infer(List.of(sample), "--out", folder.resolve("orders"));

    // Then
    assertThat(outcome.err()).contains("1 lines are no JSON object");
    assertThat(
            PipelineFolder.read(folder.resolve("orders"), RegistryAccess.NONE)
                .pipeline()
                .contract()
                .schema()
                .toString())
        .contains("{\"name\":\"n\",\"type\":\"double\"")
        .contains("{\"name\":\"big\",\"type\":\"long\"")
        .contains("\"at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}")
        .contains("{\"name\":\"day\",\"type\":{\"type\":\"int\",\"logicalType\":\"date\"}")
        .contains("{\"name\":\"u\",\"type\":{\"type\":\"string\",\"logicalType\":\"uuid\"}")
        .contains("\"items\":[\"null\",\"string\"]")
        .contains("{\"name\":\"v\",\"type\":[\"null\",\"double\"]")
        .contains("no type holds them all: {boolean=1, whole=1}");
    assertThat(Files.readString(folder.resolve("orders/pipeline.yaml")))
        .contains("# Left out: x-y: Avro allows letters");
  }

  @Test
  void makesTheSameDraftOfTheSameSamplesAndReplacesNoFile() throws Exception {
    // Given
    Path sample =
        Files.writeString(
            folder.resolve("a.ndjson"), "{\"id\":1,\"ts\":\"2026-01-01T00:00:00Z\"}\n");
    infer(List.of(sample), "--out", folder.resolve("one"), "--name", "a");
    infer(List.of(sample), "--out", folder.resolve("two"), "--name", "a");

    // When
    Outcome again = infer(List.of(sample), "--out", folder.resolve("one"));

    // Then
    for (String file : List.of("pipeline.yaml", "contract.avsc")) {
      assertThat(folder.resolve("one").resolve(file))
          .hasSameTextualContentAs(folder.resolve("two").resolve(file));
    }
    assertThat(again.status()).isEqualTo(Sluice.USAGE);
    assertThat(again.err()).contains("it is there already");
  }

  private static Outcome infer(List<Path> samples, Object... options)
      throws IOException, InterruptedException {
    List<Object> arguments = new ArrayList<>(List.of("contract", "infer"));
    arguments.addAll(samples);
    arguments.addAll(List.of(options));
    return SluiceProcess.run(arguments.toArray());
  }
}
