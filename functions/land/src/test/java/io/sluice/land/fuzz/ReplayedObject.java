package io.sluice.land.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.wire.ReplayJson;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Replay;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.id.SourceObject;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.land.LandingLake;
import java.io.IOException;
import java.util.Optional;

/**
 * What lies where records come back out of quarantine is a replay, each record of which has one
 * fate, or is rejected as a whole.
 */
final class ReplayedObject implements FuzzTarget {
  private static final String SOURCE = "landing/orders/day.ndjson";

  @Override
  public void take(byte[] input) throws IOException {
    LandingLake lake = new LandingLake();
    lake.input(SOURCE, LandingLake.order("a"), "1", LandingLake.order("b"));
    SourceObject replay = lake.input("landing/orders/_replay/1.json", input);
    lake.landing(lake.store(), new InMemoryQueue<>()).land(replay);
    LandedObject.hasOneFateForEachRecord(lake);
    Optional<Replay> wanted = read(input);
    boolean isAccepted = lake.manifest().status() instanceof LandStatus.Accepted;
    if (isAccepted && input.length > 0 && input[0] == '{') {
      assertThat(lake.manifest().counts().read()).isEqualTo(wanted.orElseThrow().ids().size());
      assertThat(ReplayJson.read(ReplayJson.write(wanted.get()))).isEqualTo(wanted.get());
    }
  }

  private static Optional<Replay> read(byte[] input) {
    try {
      return Optional.of(ReplayJson.read(input));
    } catch (InvalidMessage e) {
      assertThat(e).hasMessageStartingWith("Invalid replay");
      return Optional.empty();
    }
  }
}
