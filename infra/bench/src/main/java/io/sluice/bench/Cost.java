package io.sluice.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process has used so far.
 *
 * @param cpuNanos of all its threads, compilers and collectors included
 * @param wallNanos since some instant
 * @param readBytes by system calls, from a cache or not
 */
record Cost(long cpuNanos, long wallNanos, long readBytes) {
  private static final String READ = "rchar: ";

  static Cost now() {
    return new Cost(processNanos(), System.nanoTime(), countRead());
  }

  private static long processNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** The highest that the heap stood, garbage included. */
  static long peakHeapBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(java.lang.management.MemoryUsage::getUsed)
        .sum();
  }

  Cost since(Cost before) {
    return new Cost(
        cpuNanos - before.cpuNanos, wallNanos - before.wallNanos, readBytes - before.readBytes);
  }

  /** What Linux counts; 0 elsewhere. */
  private static long countRead() {
    Path counters = Path.of("/proc/self/io");
    try {
      return !Files.exists(counters)
          ? 0
          : Files.readAllLines(counters).stream()
              .filter(line -> line.startsWith(READ))
              .mapToLong(line -> Long.parseLong(line.substring(READ.length())))
              .sum();
    } catch (IOException e) {
      return 0;
    }
  }
}
