package io.sluice.simulation.stage;

import io.sluice.core.gate.Measurement;
import io.sluice.core.port.SnapshotMeasures;
import io.sluice.simulation.fault.Fault;
import io.sluice.simulation.fault.Faults;
import io.sluice.simulation.fault.FaultyPort;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Measures that fail, or that have no answer. */
final class FaultyMeasures extends FaultyPort {
  private static final Set<Fault> OF_MEASURES = Fault.with(Fault.OF_READS, Fault.BUG);
  private static final Set<Fault> OF_QUESTIONS = Fault.with(OF_MEASURES, Fault.UNMEASURED);

  private final Runnable unmeasured;

  private FaultyMeasures(SnapshotMeasures whole, Faults faults, Runnable unmeasured) {
    super("measures", whole, faults);
    this.unmeasured = unmeasured;
  }

  /** Calls {@code unmeasured} when a question has got no answer. */
  static SnapshotMeasures of(SnapshotMeasures whole, Faults faults, Runnable unmeasured) {
    return new FaultyMeasures(whole, faults, unmeasured).as(SnapshotMeasures.class);
  }

  @Override
  protected Set<Fault> possible(Method method) {
    return method.getName().equals("measure") ? OF_QUESTIONS : OF_MEASURES;
  }

  @Override
  protected @Nullable Object effect(
      Method method, @Nullable Fault fault, Supplier<@Nullable Object> effect) {
    Object answers = effect.get();
    if (fault != Fault.UNMEASURED || !(answers instanceof List<?> all) || all.isEmpty()) {
      return answers;
    }
    unmeasured.run();
    List<Object> without = new ArrayList<>(all);
    without.set(0, new Measurement.Unknown("statistics cannot be read"));
    return without;
  }
}
