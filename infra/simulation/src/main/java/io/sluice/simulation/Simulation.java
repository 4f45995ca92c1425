package io.sluice.simulation;

import io.sluice.simulation.fault.Coverage;
import io.sluice.simulation.stage.Wiring;
import java.util.List;

/** Runs worlds. */
public final class Simulation {
  private final World.Shared shared = new World.Shared();

  /** What became of one world. */
  public record Outcome(long seed, List<String> trace, List<String> violations) {
    /** Copies the lists. */
    public Outcome {
      trace = List.copyOf(trace);
      violations = List.copyOf(violations);
    }

    /** Whether nothing is wrong. */
    public boolean isSound() {
      return violations.isEmpty();
    }
  }

  /** Which faults hit which calls in all worlds so far. */
  public Coverage coverage() {
    return shared.coverage();
  }

  /** The world that {@code seed} decides, with its stages wired by {@code wiring}. */
  public Outcome run(long seed, Wiring wiring) {
    World world = new World(seed, shared, wiring);
    NoHadoopDefaults.run(() -> run(world));
    return new Outcome(seed, world.trace().lines(), world.trace().violations());
  }

  private static void run(World world) {
    Operator operator = new Operator(world);
    try {
      new Scheduler(world, operator).run();
      new LakeCheck(world, operator).run();
    } catch (RuntimeException | AssertionError e) {
      world.trace().violation("the world ends with " + e);
      for (StackTraceElement each : e.getStackTrace()) {
        world.trace().add("  at " + each);
      }
    }
  }
}
