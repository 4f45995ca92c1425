package io.sluice.iceberg.merge;

import java.net.URL;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Hadoop's defaults out of what Iceberg makes to write a Parquet file: a {@code
 * Configuration} for each, which parses hundreds of kilobytes of XML for the first value that is
 * set, none of which Parquet asks for.
 */
public final class HadoopDefaults {
  private static final ClassLoader WITHOUT = new Hiding(HadoopDefaults.class.getClassLoader());

  private HadoopDefaults() {}

  /** What {@code made} makes on this thread, without the defaults. */
  public static <T> T without(Supplier<T> made) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(WITHOUT);
    try {
      return made.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Has every class, and every resource but the defaults. */
  private static final class Hiding extends ClassLoader {
    Hiding(ClassLoader parent) {
      super(parent);
    }

    @Override
    public @Nullable URL getResource(String name) {
      boolean isDefaults = name.endsWith("-default.xml") || name.endsWith("-site.xml");
      return isDefaults ? null : super.getResource(name);
    }
  }
}
