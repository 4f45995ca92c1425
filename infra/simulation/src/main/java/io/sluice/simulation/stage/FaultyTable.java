package io.sluice.simulation.stage;

import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.simulation.fault.Fault;
import io.sluice.simulation.fault.Faults;
import io.sluice.simulation.fault.FaultyPort;
import io.sluice.simulation.lake.SimulatedFiles;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table behind one of its ports, of which any call may go wrong, and any first file. */
final class FaultyTable extends FaultyPort {
  private static final Set<String> READS =
      Set.of(
          "head",
          "conflicts",
          "standing",
          "awaiting",
          "published",
          "withheld",
          "releasedFrom",
          "releases",
          "replays");
  private static final Set<Fault> OF_CHANGES =
      Fault.with(Fault.OF_EFFECTS, Fault.READ_FAILS, Fault.WRITE_FAILS);
  private static final Set<Fault> OF_COMMITS = Fault.with(OF_CHANGES, Fault.CONFLICT);

  private final SimulatedFiles files;

  private FaultyTable(String name, Object whole, Faults faults, SimulatedFiles files) {
    super(name, whole, faults);
    this.files = files;
  }

  static <P> P of(Class<P> port, P whole, Faults faults, SimulatedFiles files) {
    return new FaultyTable(port.getSimpleName(), whole, faults, files).as(port);
  }

  @Override
  protected Set<Fault> possible(Method method) {
    if (method.getName().equals("measures")) {
      return EnumSet.noneOf(Fault.class);
    }
    if (READS.contains(method.getName())) {
      return Fault.OF_READS;
    }
    if (method.getDeclaringClass() == AuditedTable.class) {
      // Nothing but references and properties: no file is read or written.
      return Fault.OF_EFFECTS;
    }
    return method.getName().equals("commit") ? OF_COMMITS : OF_CHANGES;
  }

  @Override
  protected @Nullable Object effect(
      Method method, @Nullable Fault fault, Supplier<@Nullable Object> effect) {
    if (fault == Fault.CONFLICT) {
      return new CommitOutcome.HeadMoved();
    }
    files.failReading(fault == Fault.READ_FAILS);
    files.failWriting(fault == Fault.WRITE_FAILS);
    try {
      return effect.get();
    } finally {
      files.failReading(false);
      files.failWriting(false);
    }
  }
}
