package io.sluice.land.large;

import com.sun.management.OperatingSystemMXBean;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.pipeline.PipelineReader;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.batch.Layout;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.core.verdict.Landed;
import io.sluice.land.Landing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Lands one object that does not fit into the heap, and fails unless all its records are accepted:
 * {@code LargeObject ndjson 2048} for 2 GiB. The kind is a format, with the ending of a codec.
 */
public final class LargeObject {
  private static final double MIB = 1 << 20;
  private static final double NANOS = 1e9;

  private LargeObject() {}

  /** A kind and a number of MiB, uncompressed. */
  public static void main(String[] arguments) throws IOException {
    String kind = arguments[0];
    long bytes = Long.parseLong(arguments[1]) << 20;
    Repeated content = new LargeInputs().of(kind, bytes);
    StreamedStore store = new StreamedStore(content);
    Pipeline pipeline = pipeline(kind);
    Landing landing =
        new Landing(
            store,
            new Layout("lake"),
            name -> pipeline,
            name -> {
              throw new IllegalArgumentException("There is no registry here: " + name);
            },
            new InMemoryQueue<>(),
            InstantSource.system(),
            "large");
    long start = System.nanoTime();
    double cpu = cpuSeconds();
    Landed landed = landing.land(StreamedStore.SOURCE);
    double seconds = (System.nanoTime() - start) / NANOS;
    cpu = cpuSeconds() - cpu;
    long wanted = content.allRecords();
    // An array is closed by a record that is none: between elements stand commas.
    long rejected = kind.startsWith("json") ? 1 : 0;
    boolean isRight =
        landed instanceof Landed.Now now
            && now.manifest().counts().equals(new LandCounts(wanted + rejected, wanted, rejected));
    System.out.printf(
        Locale.ROOT,
        "%-10s %6d MiB, %,d records, %.1f s, %.1f CPU s, peak heap %.0f of %.0f MiB, %.0f MiB"
            + " written: %s%n",
        kind,
        bytes >> 20,
        wanted,
        seconds,
        cpu,
        peakHeapBytes() / MIB,
        Runtime.getRuntime().maxMemory() / MIB,
        store.uploadedBytes() / MIB,
        isRight ? "landed" : "WRONG: " + landed);
    if (!isRight) {
      System.exit(1);
    }
  }

  private static Pipeline pipeline(String kind) {
    return PipelineReader.read(
        """
        pipeline: {name: large}
        ingestion: {contract: contract.avsc, format: %s}
        transformation: {idempotency_key: [id], event_time: at}
        """
            .formatted(kind.split("\\.", -1)[0]),
        "pipeline.yaml",
        name -> Optional.of(LargeInputs.CONTRACT));
  }

  private static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / NANOS;
  }
}
