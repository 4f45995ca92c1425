package io.sluice.simulation;

import java.net.URL;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds everything but Hadoop's defaults. Iceberg asks for them with every Parquet file that it
 * writes, Hadoop parses a thousand of them each time, and Parquet uses none: a twelfth of all that
 * worlds cost.
 */
final class NoHadoopDefaults extends ClassLoader {
  private static final Pattern DEFAULTS =
      Pattern.compile("(core|mapred|yarn)-(default|site)\\.xml");

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
    return DEFAULTS.matcher(name).matches() ? null : super.getResource(name);
  }
}
