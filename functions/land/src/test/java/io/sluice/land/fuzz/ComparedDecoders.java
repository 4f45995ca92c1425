package io.sluice.land.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Contract;
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

/**
 * Of one line the quick decoder says what the careful one says: the same errors, or a row whose raw
 * batch has the same bytes and can be read.
 */
final class ComparedDecoders implements FuzzTarget {
  private static final ObjectName RAW = new ObjectName("lake", "raw");

  private final Contract contract = Contract.parse(FuzzContract.JSON, "fuzz");
  private final JsonDecoder quick = JsonDecoder.compile(contract);
  private final RecordDecoder careful = RecordDecoder.compile(contract);

  @Override
  public void take(byte[] input) throws IOException {
    Decoded expected = careful.decode(input, 0, input.length);
    Decoded found = quick.decode(input, 0, input.length);
    switch (expected) {
      case Decoded.Rejected bad -> assertThat(found).isEqualTo(bad);
      case Decoded.Accepted good -> {
        assertThat(found).isInstanceOf(Decoded.Accepted.class);
        byte[] raw = raw((Decoded.Accepted) found);
        assertThat(raw).isEqualTo(raw(new Decoded.Accepted(good.record())));
        List<Object> ids = new ArrayList<>();
        ParquetFiles.forEach(new BytesFile(raw), row -> ids.add(row.get("id").toString()));
        assertThat(ids).containsExactly(good.record().get("id").toString());
      }
    }
  }

  private byte[] raw(Decoded.Accepted accepted) {
    InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);
    try (RawBatchWriter writer = new RawBatchWriter(store, RAW, contract)) {
      writer.append(accepted.row(), 0);
      writer.complete();
    }
    return store.read(RAW, Integer.MAX_VALUE).orElseThrow();
  }
}
