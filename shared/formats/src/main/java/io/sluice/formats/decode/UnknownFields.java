package io.sluice.formats.decode;

import io.sluice.core.batch.Manifest;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often fields were seen that the contract does not know, by their paths; elements of arrays
 * and values of maps count together.
 */
public final class UnknownFields {
  /** 200: more different unknown fields than this are no schema, but data in the place of names. */
  public static final int MAX_PATHS = 200;

  /** What stands for all paths beyond the limit. */
  public static final String OTHERS = Manifest.MORE_UNKNOWN;

  /** 200 characters: what is cut off counts as the same path. */
  private static final int MAX_PATH = 200;

  private final Map<String, Long> counts = new HashMap<>();

  /** Counts a field. */
  void count(String parent, String name) {
    add(shortened(parent.isEmpty() ? name : parent + "." + name), 1);
  }

  /** Counts everything that {@code record} counted. */
  void addAll(UnknownFields record) {
    record.counts.forEach(this::add);
  }

  private void add(String path, long count) {
    boolean room = counts.size() < MAX_PATHS || counts.containsKey(path);
    counts.merge(room ? path : OTHERS, count, Long::sum);
  }

  /** Cut so that no character is cut in half. */
  private static String shortened(String path) {
    if (path.length() <= MAX_PATH) {
      return path;
    }
    int end = Character.isHighSurrogate(path.charAt(MAX_PATH - 1)) ? MAX_PATH - 1 : MAX_PATH;
    return path.substring(0, end) + "…";
  }

  /** The counts by path; what is beyond {@link #MAX_PATHS} paths is under {@link #OTHERS}. */
  public Map<String, Long> counts() {
    return Collections.unmodifiableMap(new TreeMap<>(counts));
  }
}
