package io.sluice.simulation.stage;

import io.sluice.contracts.wire.GateVerdictJson;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.StoredObject;
import io.sluice.core.port.Upload;
import io.sluice.simulation.World;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** The objects of a world; a verdict that hides what could not be measured is noticed. */
final class VerdictCheck implements ObjectStore {
  private final World world;
  private final ObjectStore whole;
  private boolean isUnmeasured;
  private boolean hasThrown;

  VerdictCheck(World world) {
    this.world = world;
    this.whole = world.store();
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
    return whole.putIfAbsent(name, content);
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) {
    return whole.find(name);
  }

  @Override
  public Optional<StoredObject> find(SourceObject source) {
    return whole.find(source);
  }

  @Override
  public Optional<InputStream> open(SourceObject source) {
    return whole.open(source);
  }

  @Override
  public Optional<byte[]> read(ObjectName name, int maxBytes) {
    return whole.read(name, maxBytes);
  }

  @Override
  public Upload upload(ObjectName name) {
    return whole.upload(name);
  }

  @Override
  public void list(String bucket, String prefix, Consumer<StoredObject> each) {
    whole.list(bucket, prefix, each);
  }
}
