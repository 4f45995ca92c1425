package io.sluice.land.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.SourceObject;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.core.verdict.Landed;
import io.sluice.formats.parquet.BytesFile;
import io.sluice.formats.parquet.ParquetFiles;
import io.sluice.formats.parquet.RawBatchWriter;
import io.sluice.formats.quarantine.QuarantineFile;
import io.sluice.land.Landing;
import io.sluice.land.LandingLake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * An object, of the format that its first byte says, is landed, with nothing thrown whatever is in
 * it. Every record has one fate: the ordinals in raw and quarantine are those from 0 to the number
 * read, each once. An object that is rejected leaves its manifest and nothing else. Landing it in
 * another lake leaves the same bytes, and landing it again leaves none.
 */
final class LandedObject implements FuzzTarget {
  private static final String KEY = "landing/orders/object";

  private static final List<String> FORMATS =
      List.of("ndjson", "json", "csv", "tsv", "avro", "parquet", "debezium");

  @Override
  public void take(byte[] input) throws IOException {
    if (input.length > 0) {
      String format = FORMATS.get((input[0] & 0xff) % FORMATS.size());
      land(format, Arrays.copyOfRange(input, 1, input.length));
    }
  }

  /** Lands {@code content} as an object of {@code format}. */
  static void land(String format, byte[] content) throws IOException {
    LandingLake lake = lake(format);
    SourceObject source = lake.input(KEY, content);
    Landing landing = lake.landing(lake.store(), new InMemoryQueue<BatchLanded>());
    assertThat(landing.land(source)).isInstanceOf(Landed.Now.class);
    hasOneFateForEachRecord(lake);

    LandingLake another = lake(format);
    another
        .landing(another.store(), new InMemoryQueue<BatchLanded>())
        .land(another.input(KEY, content));
    assertThat(another.contents("")).isEqualTo(lake.contents(""));
    assertThat(landing.land(source)).isInstanceOf(Landed.Already.class);
    assertThat(another.contents("")).isEqualTo(lake.contents(""));
  }

  private static LandingLake lake(String format) {
    LandingLake lake = new LandingLake("format: " + format + "\n  " + ReadObject.LIMITS);
    lake.declareContract(FuzzContract.JSON);
    return lake;
  }

  /** Holds what land left of its only batch against the manifest. */
  static void hasOneFateForEachRecord(LandingLake lake) throws IOException {
    Manifest manifest = lake.manifest();
    List<Long> ordinals = new ArrayList<>();
    for (StoredFile file : manifest.raw()) {
      ParquetFiles.forEach(
          new BytesFile(lake.read(file.name().key())),
          row -> ordinals.add((Long) row.get(RawBatchWriter.ORDINAL)));
    }
    for (StoredFile file : manifest.quarantine()) {
      QuarantineFile.read(
          new BytesFile(lake.read(file.name().key())),
          rejected -> ordinals.add(rejected.record().ordinal()));
    }
    assertThat(ordinals.stream().sorted())
        .containsExactlyElementsOf(LongStream.range(0, manifest.counts().read()).boxed().toList());
    if (manifest.status() instanceof LandStatus.Rejected rejected) {
      assertThat(rejected.reason()).isNotEmpty();
      assertThat(manifest.counts().read()).isZero();
      assertThat(lake.keys("raw/")).hasSize(1);
      assertThat(lake.keys("quarantine/")).isEmpty();
    }
  }
}
