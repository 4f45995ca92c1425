package io.sluice.land.fuzz;

import com.sun.management.ThreadMXBean;
import io.sluice.land.lambda.NotifiedHandler;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where a fuzzer starts: {@code fuzzerInitialize} with the name of a target, then {@code
 * fuzzerTestOneInput} as often as it likes, both found by their names.
 */
public final class Fuzz {
  /** A thousand times what an input of some KiB takes, and far from what anybody waits for. */
  private static final Duration MOST_CPU = Duration.ofSeconds(5);

  /** A quarter of what the smallest useful heap gets through between two collections. */
  private static final long MOST_ALLOCATED_BYTES = 512L << 20;

  private static final Logger PARQUET = Logger.getLogger("org.apache.parquet");
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private static final Map<String, Supplier<FuzzTarget>> TARGETS = targets();

  private static FuzzTarget current =
      input -> {
        throw new IllegalStateException("No target: fuzzerInitialize was not called");
      };

  private Fuzz() {}

  private static Map<String, Supplier<FuzzTarget>> targets() {
    Map<String, Supplier<FuzzTarget>> targets = new TreeMap<>();
    for (String format : new String[] {"ndjson", "json", "csv", "tsv", "avro", "parquet"}) {
      targets.put(format, () -> ReadObject.of(format));
    }
    targets.put("debezium-json", () -> ReadObject.of("debezium"));
    targets.put("debezium-avro", () -> ReadObject.of("debezium"));
    targets.put("framed", ReadObject::framed);
    targets.put("detected", ReadObject::detected);
    targets.put("landed", LandedObject::new);
    targets.put("decoders", ComparedDecoders::new);
    for (String codec : new String[] {"gzip", "zstd", "bzip2", "snappy"}) {
      targets.put(codec, DecompressedObject::new);
    }
    targets.put("replay", ReplayedObject::new);
    targets.put("notification", NotifiedHandler::new);
    targets.put("messages", WireDocuments::messages);
    targets.put("documents", WireDocuments::kept);
    targets.put("pipeline", DeclaredTexts::pipeline);
    targets.put("contract", DeclaredTexts::contract);
    targets.put("registry", AnsweringRegistry::new);
    targets.put("framing", FramedRecord::new);
    return targets;
  }

  /** The names of all targets. */
  static Set<String> names() {
    return TARGETS.keySet();
  }

  /** The target of that name. */
  static FuzzTarget target(String name) {
    Supplier<FuzzTarget> target = TARGETS.get(name);
    if (target == null) {
      throw new IllegalArgumentException("Invalid target: " + name + " (one of " + names() + ")");
    }
    return target.get();
  }

  /** Called once, with the name of a target. */
  public static void fuzzerInitialize(String[] arguments) {
    // Until Quarkus sets levels, every footer is rendered for a line that nobody reads.
    PARQUET.setLevel(Level.INFO);
    current = target(String.join(" ", arguments));
  }

  /** Called with every input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    within(current, input);
  }

  /**
   * Lets a target take an input, and fails when that takes too long or too much: twice, since the
   * first time may load classes.
   */
  static void within(FuzzTarget target, byte[] input) throws Exception {
    boolean exceeds = exceeds(target, input);
    if (exceeds) {
      exceeds = exceeds(target, input);
    }
    if (exceeds) {
      throw new AssertionError(
          input.length
              + " bytes take more than "
              + MOST_CPU
              + " or "
              + MOST_ALLOCATED_BYTES
              + " B");
    }
  }

  private static boolean exceeds(FuzzTarget target, byte[] input) throws Exception {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    target.take(input);
    return THREADS.getCurrentThreadCpuTime() - cpu > MOST_CPU.toNanos()
        || THREADS.getCurrentThreadAllocatedBytes() - allocated > MOST_ALLOCATED_BYTES;
  }
}
