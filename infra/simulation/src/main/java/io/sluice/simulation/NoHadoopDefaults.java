package io.sluice.simulation;

import java.net.URL;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds everything but Hadoop's defaults. Iceberg asks for them with every Parquet file that it
 * writes, Hadoop parses a thousand of them each time, and Parquet uses none: a twelfth of all that
 * worlds cost.
 */
final class NoHadoopDefaults extends ClassLoader {
  private static final Set<String> DEFAULTS = Set.of("core-default.xml", "core-site.xml");

  private NoHadoopDefaults(ClassLoader parent) {
    super(parent);
  }

  /** Does {@code work} without them. */
  static void run(Runnable work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(new NoHadoopDefaults(before));
    try {
      work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    return DEFAULTS.contains(name) ? null : super.getResource(name);
  }
}
