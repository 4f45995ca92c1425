package io.sluice.land.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.wire.BatchLandedJson;
import io.sluice.contracts.wire.GateRequestJson;
import io.sluice.contracts.wire.GateVerdictJson;
import io.sluice.contracts.wire.ManifestJson;
import io.sluice.contracts.wire.ReleaseJson;
import io.sluice.contracts.wire.ReplayJson;
import io.sluice.contracts.wire.SettlementJson;
import io.sluice.core.failure.InvalidMessage;
import java.util.List;
import java.util.function.Function;

/**
 * The documents that the stages hand each other: each reader says what it reads or that it is
 * invalid, and what it read comes back equal when it is written and read again.
 */
final class WireDocuments implements FuzzTarget {
  private final List<Wire<?>> wires;

  private WireDocuments(List<Wire<?>> wires) {
    this.wires = wires;
  }

  /** What queues carry. */
  static FuzzTarget messages() {
    return new WireDocuments(
        List.of(
            new Wire<>(
                bytes -> BatchLandedJson.read(new String(bytes, UTF_8)),
                value -> BatchLandedJson.write(value).getBytes(UTF_8)),
            new Wire<>(
                bytes -> GateRequestJson.read(new String(bytes, UTF_8)),
                value -> GateRequestJson.write(value).getBytes(UTF_8))));
  }

  /** What the lake keeps. */
  static FuzzTarget kept() {
    return new WireDocuments(
        List.of(
            new Wire<>(ManifestJson::read, ManifestJson::write),
            new Wire<>(GateVerdictJson::read, GateVerdictJson::write),
            new Wire<>(ReleaseJson::read, ReleaseJson::write),
            new Wire<>(ReplayJson::read, ReplayJson::write),
            new Wire<>(SettlementJson::read, SettlementJson::write)));
  }

  @Override
  public void take(byte[] input) {
    wires.forEach(wire -> wire.take(input));
  }

  private record Wire<T>(Function<byte[], T> reader, Function<T, byte[]> writer) {
    void take(byte[] input) {
      T value;
      try {
        value = reader.apply(input);
      } catch (InvalidMessage e) {
        assertThat(e).hasMessageStartingWith("Invalid ");
        return;
      }
      assertThat(reader.apply(writer.apply(value))).isEqualTo(value);
    }
  }
}
