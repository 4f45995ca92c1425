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

  private final VerdictCheck check;

  private FaultyMeasures(SnapshotMeasures whole, Faults faults, VerdictCheck check) {
    super("measures", whole, faults);
    this.check = check;
  }

  /** Tells {@code check} which questions have no answer, or throw. */
  static SnapshotMeasures of(SnapshotMeasures whole, Faults faults, VerdictCheck check) {
    return new FaultyMeasures(whole, faults, check).as(SnapshotMeasures.class);
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return super.invoke(proxy, method, arguments);
    } catch (IllegalStateException e) {
      check.thrown();
      throw e;
    }
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
    check.unmeasured();
    List<Object> without = new ArrayList<>(all);
    without.set(0, new Measurement.Unknown("statistics cannot be read"));
    return without;
  }
}
