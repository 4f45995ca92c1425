package io.sluice.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.ObjectName;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.decode.RecordDecoder;
import io.sluice.formats.ndjson.NdjsonReader;
import io.sluice.formats.parquet.BytesFile;
import io.sluice.formats.parquet.ParquetFiles;
import io.sluice.formats.parquet.RawBatchWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class RealRecordsTest {
  private static final ObjectName RAW = new ObjectName("lake", "raw/accepted.parquet");

  @Test
  void acceptsEveryRealRecordAndReadsItBackEqual() throws IOException {
    // Given
    Contract contract = Demo.contract();
    RecordDecoder decoder = RecordDecoder.compile(contract);
    InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);
    List<GenericRecord> accepted = new ArrayList<>();

    // When
    StoredFile file;
    try (RawBatchWriter writer = new RawBatchWriter(store, RAW, contract)) {
      for (byte[] day : Demo.files()) {
        NdjsonReader lines = new NdjsonReader(new ByteArrayInputStream(day));
        while (lines.next()) {
          Decoded decoded = decoder.decode(lines.buffer(), lines.start(), lines.length());
          assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
          GenericRecord record = ((Decoded.Accepted) decoded).record();
          writer.append(record, accepted.size());
          accepted.add(record);
        }
      }
      file = writer.complete();
    }

    // Then
    byte[] content = store.read(RAW, 10_000_000).orElseThrow();
    assertThat(file).isEqualTo(new StoredFile(RAW, 1707, content.length));
    assertThat(ParquetFiles.rowCount(new BytesFile(content))).isEqualTo(1707);
    List<GenericRecord> read = new ArrayList<>();
    ParquetFiles.forEach(new BytesFile(content), read::add);
    Schema schema = RawBatchWriter.schema(contract);
    for (int i = 0; i < accepted.size(); i++) {
      assertThat(read.get(i).getSchema()).isEqualTo(schema);
      assertThat(read.get(i).get(RawBatchWriter.ORDINAL)).isEqualTo((long) i);
      for (Schema.Field field : contract.schema().getFields()) {
        Object expected = accepted.get(i).get(field.pos());
        Object found = read.get(i).get(field.pos());
        assertThat(GenericData.get().compare(expected, found, field.schema())).isZero();
      }
    }
    assertThat(read).hasSize(1707);
    assertThat(decoder.unknownFields()).isEmpty();
  }
}
