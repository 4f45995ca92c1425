package io.sluice.simulation;

import com.sun.management.OperatingSystemMXBean;
import io.sluice.simulation.Simulation.Outcome;
import io.sluice.simulation.stage.Wiring;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sluice simulate}. */
@Command(
    name = "sluice simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the stages in worlds in memory, each disturbed as its number decides, and holds",
      "what comes out against an auditor and a model. Exits with 1 when something is wrong, and",
      "prints what happened in the first such worlds; the same number makes the same world."
    })
public final class Simulate implements Callable<Integer> {
  /** More traces than anybody reads. */
  private static final int MOST_PRINTED = 3;

  /** How often progress is told, in milliseconds. */
  private static final long PROGRESS_MILLIS = 10_000;

  @Option(names = "--seeds", defaultValue = "1000", description = "How many worlds; default 1000.")
  private long seeds;

  @Option(names = "--from", defaultValue = "1", description = "The first world; default 1.")
  private long from;

  @Option(
      names = "--seconds",
      defaultValue = "0",
      description = "End after this time, whatever is left; 0 for no such end.")
  private long seconds;

  @Option(names = "--threads", defaultValue = "1", description = "How many at once; default 1.")
  private int threads;

  @Option(names = "--trace", description = "Print the trace of every world.")
  private boolean traces;

  @Option(
      names = "--pairs",
      description = "Print how often each pair of a call and a fault was hit.")
  private boolean pairs;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  private final Simulation simulation = new Simulation();
  private final List<Outcome> failed = new ArrayList<>();
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private long began;
  private long told;

  /** Runs worlds and exits with a status. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Simulate()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    began = System.nanoTime();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(workers.submit(this::work));
      }
      try {
        for (Future<?> each : all) {
          each.get();
        }
      } finally {
        next.set(seeds);
      }
    }
    if (json) {
      printJson();
    } else {
      print();
    }
    return failed.isEmpty() ? 0 : 1;
  }

  private void work() {
    long number = next.getAndIncrement();
    while (number < seeds && (seconds == 0 || elapsed() < seconds)) {
      take(simulation.run(from + number, new Wiring()));
      number = next.getAndIncrement();
    }
  }

  private double elapsed() {
    return (System.nanoTime() - began) / 1e9;
  }

  private synchronized void take(Outcome outcome) {
    done.incrementAndGet();
    if (!outcome.isSound()) {
      failed.add(outcome);
      System.err.println("seed " + outcome.seed() + ": " + outcome.violations().getFirst());
    }
    if (traces || (!outcome.isSound() && failed.size() <= MOST_PRINTED)) {
      outcome.trace().forEach(System.err::println);
    }
    long millis = (long) (elapsed() * 1000);
    if (millis - told >= PROGRESS_MILLIS) {
      told = millis;
      System.err.printf(
          "%d worlds in %d s, %d of them wrong%n", done.get(), millis / 1000, failed.size());
    }
  }

  private double perMinute() {
    return done.get() / elapsed() * 60;
  }

  /** What counts on a machine that others use as well. */
  private double perMinuteOfCpu() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? done.get() / (system.getProcessCpuTime() / 60e9)
        : Double.NaN;
  }

  private void print() {
    System.out.printf(
        "%d worlds in %.1f s, %.0f a minute, %.0f a minute of CPU; "
            + "%d of %d pairs of a call and a fault were hit%n",
        done.get(),
        elapsed(),
        perMinute(),
        perMinuteOfCpu(),
        simulation.coverage().hitPairs(),
        simulation.coverage().pairs());
    simulation.coverage().situations().forEach(Simulate::print);
    if (pairs) {
      simulation.coverage().hits().forEach(Simulate::print);
    }
    for (Outcome each : failed) {
      System.out.println("✗ seed " + each.seed() + ": " + each.violations().getFirst());
    }
    if (failed.isEmpty()) {
      System.out.println("✓ no violation");
    }
  }

  private static void print(String what, long count) {
    System.out.printf("%7d %s%n", count, what);
  }

  private void printJson() {
    StringBuilder wrong = new StringBuilder();
    for (Outcome each : failed) {
      wrong.append(wrong.isEmpty() ? "" : ",").append(each.seed());
    }
    System.out.printf(
        "{\"worlds\":%d,\"seconds\":%.1f,\"per_minute\":%.0f,\"per_cpu_minute\":%.0f,"
            + "\"pairs_hit\":%d,\"pairs\":%d,\"violating_seeds\":[%s]}%n",
        done.get(),
        elapsed(),
        perMinute(),
        perMinuteOfCpu(),
        simulation.coverage().hitPairs(),
        simulation.coverage().pairs(),
        wrong);
  }
}
