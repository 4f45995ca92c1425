package io.sluice.simulation.stage;

import io.sluice.contracts.wire.GateVerdictJson;
import io.sluice.core.forward.ForwardingStore;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.ObjectName;
import io.sluice.simulation.World;

/** The objects of a world; a verdict that hides what could not be measured is noticed. */
final class VerdictCheck extends ForwardingStore {
  private final World world;
  private boolean isUnmeasured;
  private boolean hasThrown;

  VerdictCheck(World world) {
    super(world.store());
    this.world = world;
  }

  /** The snapshot that is judged now has a question without an answer. */
  void unmeasured() {
    isUnmeasured = true;
  }

  /** A question threw: whoever asked must not go on. */
  void thrown() {
    hasThrown = true;
  }

  @Override
  public PutOutcome putIfAbsent(ObjectName name, byte[] content) {
    if (hasThrown && name.key().startsWith("verdicts/")) {
      world.trace().violation("a verdict is kept although a gate threw");
    }
    if (isUnmeasured && name.key().startsWith("verdicts/")) {
      isUnmeasured = false;
      boolean isTold =
          GateVerdictJson.read(content).results().stream()
              .anyMatch(result -> result.measurement() instanceof Measurement.Unknown);
      if (!isTold) {
        world.trace().violation("a verdict hides that a gate could not be evaluated");
      }
    }
    return super.putIfAbsent(name, content);
  }
}
