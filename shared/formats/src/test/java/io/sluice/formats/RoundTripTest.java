package io.sluice.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.id.ObjectName;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.decode.JsonDecoder;
import io.sluice.formats.decode.RecordDecoder;
import io.sluice.formats.parquet.BytesFile;
import io.sluice.formats.parquet.ParquetFiles;
import io.sluice.formats.parquet.RawBatchWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final int RECORDS = 500;
  private static final ObjectName RAW = new ObjectName("lake", "raw/accepted.parquet");

  @Test
  void readsBackWhatWasAcceptedBitForBit() throws IOException {
    // Given
    List<byte[]> lines = lines(1517363399650L);
    RecordDecoder careful = RecordDecoder.compile(EveryType.CONTRACT);

    // When
    byte[] file = file(lines);

    // Then
    List<GenericRecord> read = new ArrayList<>();
    ParquetFiles.forEach(new BytesFile(file), read::add);
    assertThat(read).hasSize(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      GenericRecord accepted = accepted(careful.decode(lines.get(i), 0, lines.get(i).length));
      for (Schema.Field field : EveryType.CONTRACT.schema().getFields()) {
        assertThat(EveryType.text(read.get(i).get(field.name())))
            .as("record %d, field %s of %s", i, field.name(), new String(lines.get(i), UTF_8))
            .isEqualTo(EveryType.text(accepted.get(field.pos())));
      }
    }
  }

  @Test
  void writesTheSameBytesForTheSameRecords() {
    List<byte[]> lines = lines(7);
    assertThat(file(lines)).isEqualTo(file(lines));
  }

  private static List<byte[]> lines(long seed) {
    JsonMaker maker = new JsonMaker(new Random(seed));
    List<byte[]> lines = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      lines.add(maker.make(EveryType.CONTRACT.schema()).getBytes(UTF_8));
    }
    RecordDecoder careful = RecordDecoder.compile(EveryType.CONTRACT);
    lines.removeIf(line -> careful.decode(line, 0, line.length) instanceof Decoded.Rejected);
    assertThat(lines).hasSizeGreaterThan(RECORDS / 2);
    return lines;
  }

  private static byte[] file(List<byte[]> lines) {
    InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);
    JsonDecoder decoder = JsonDecoder.compile(EveryType.CONTRACT);
    try (RawBatchWriter writer = new RawBatchWriter(store, RAW, EveryType.CONTRACT)) {
      for (int i = 0; i < lines.size(); i++) {
        Decoded decoded = decoder.decode(lines.get(i), 0, lines.get(i).length);
        writer.append(((Decoded.Accepted) decoded).row(), i);
      }
      writer.complete();
    }
    return store.read(RAW, 100_000_000).orElseThrow();
  }

  private static GenericRecord accepted(Decoded decoded) {
    return ((Decoded.Accepted) decoded).record();
  }
}
