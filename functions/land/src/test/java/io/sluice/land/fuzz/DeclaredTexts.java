package io.sluice.land.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.pipeline.PipelineReader;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.formats.decode.JsonDecoder;
import io.sluice.formats.parquet.RawBatchWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * A text that declares something means that, or is refused with a sentence for each problem; read
 * again it says the same.
 */
final class DeclaredTexts implements FuzzTarget {
  private final Function<String, Object> reader;

  private DeclaredTexts(Function<String, Object> reader) {
    this.reader = reader;
  }

  /** {@code pipeline.yaml}. */
  static FuzzTarget pipeline() {
    return new DeclaredTexts(
        text -> PipelineReader.read(text, "pipeline.yaml", name -> Optional.of(FuzzContract.JSON)));
  }

  /** Contracts: what is accepted keeps its fingerprint when it is written, and can be used. */
  static FuzzTarget contract() {
    return new DeclaredTexts(
        text -> {
          Contract contract = Contract.parse(text, "contract.avsc");
          String written = contract.schema().toString();
          assertThat(Contract.parse(written, "written").fingerprint())
              .isEqualTo(contract.fingerprint());
          JsonDecoder.compile(contract).decode(new byte[] {'{', '}'}, 0, 2);
          InMemoryObjectStore store = new InMemoryObjectStore(() -> Instant.EPOCH);
          new RawBatchWriter(store, new ObjectName("lake", "raw"), contract).close();
          return contract;
        });
  }

  @Override
  public void take(byte[] input) {
    String text = new String(input, UTF_8);
    assertThat(result(text)).isEqualTo(result(text));
  }

  private Object result(String text) {
    try {
      return reader.apply(text);
    } catch (ConfigurationFailure e) {
      assertThat(e.getMessage()).isNotBlank();
      return String.valueOf(e.getMessage());
    }
  }
}
