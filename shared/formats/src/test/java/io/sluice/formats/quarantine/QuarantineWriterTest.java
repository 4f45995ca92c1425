package io.sluice.formats.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.formats.parquet.BytesFile;
import io.sluice.formats.parquet.ParquetFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.junit.jupiter.api.Test;

class QuarantineWriterTest {
  private static final ObjectName NAME = new ObjectName("lake", "quarantine/e/x.parquet");
  private static final SourceObject SOURCE =
      new SourceObject(new ObjectName("lake", "landing/e/ü.ndjson"), "v1");
  private static final Origin ORIGIN =
      new Origin(
          BatchId.of(new PipelineName("e"), SOURCE),
          SOURCE,
          "0123456789abcdef",
          "0.1.0",
          Instant.parse("2026-01-01T00:00:00.123456Z"));

  private final InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);

  private static RejectedRecord rejected(long ordinal, byte[] bytes) {
    return new RejectedRecord(
        ordinal,
        ordinal + 1,
        ordinal * 100,
        ByteBuffer.wrap(bytes),
        ErrorClass.SCHEMA,
        List.of(
            new RecordError("missing", "p.mag", "double", "nothing"),
            new RecordError("pattern", "p.net", "text that matches x+", "1", "net-name")));
  }

  @Test
  void bringsBackTheBytesAndAllErrors() throws IOException {
    // Given
    List<RejectedRecord> records =
        List.of(
            rejected(3, "{\"p\":1}".getBytes(UTF_8)),
            rejected(7, new byte[] {(byte) 0xff, 0, 10}),
            rejected(8, new byte[0]));

    // When
    StoredFile file;
    try (QuarantineWriter writer = new QuarantineWriter(store, NAME, ORIGIN, Redaction.NONE)) {
      records.forEach(writer::append);
      file = writer.complete();
    }

    // Then
    byte[] content = store.read(NAME, 1 << 20).orElseThrow();
    List<QuarantinedRecord> read = new ArrayList<>();
    QuarantineFile.read(new BytesFile(content), read::add);
    assertThat(read)
        .containsExactlyElementsOf(
            records.stream()
                .map(record -> new QuarantinedRecord(ORIGIN, record, BytesKept.WHOLE))
                .toList());
    assertThat(read.getFirst().id()).isEqualTo(ORIGIN.batch() + "-3");
    assertThat(file).isEqualTo(new StoredFile(NAME, 3, content.length));
    assertThat(ParquetFiles.rowCount(new BytesFile(content))).isEqualTo(3);
  }

  @Test
  void holdsNoMoreThanARowGroupInMemory() throws IOException {
    // Given
    byte[] noise = new byte[8 << 20];
    new Random(1).nextBytes(noise);

    // When
    try (QuarantineWriter writer = new QuarantineWriter(store, NAME, ORIGIN, Redaction.NONE)) {
      for (int i = 0; i < 1000; i++) {
        writer.append(rejected(i, i < 994 ? new byte[1] : noise));
      }
      writer.complete();
    }

    // Then
    byte[] content = store.read(NAME, 1 << 28).orElseThrow();
    try (ParquetFileReader reader = ParquetFileReader.open(new BytesFile(content))) {
      assertThat(reader.getRowGroups()).hasSizeGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void refusesARejectionWithoutAReason() {
    assertThatThrownBy(
            () -> new RejectedRecord(1, 1, 1, ByteBuffer.allocate(0), ErrorClass.PARSE, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid rejection: record 1 has no error");
  }
}
