package io.sluice.formats.decode;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How often fields were seen that the contract does not know. */
final class UnknownFields {
  /** More different unknown fields than this are no schema, but data in the place of names. */
  static final int MAX_PATHS = 1000;

  /** What stands for all paths beyond the limit. */
  static final String OTHERS = "(others)";

  private static final int MAX_NAME = 200;

  private final Map<String, Long> counts = new HashMap<>();

  void count(String parent, String name) {
    String shown = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "…" : name;
    String path = parent.isEmpty() ? shown : parent + "." + shown;
    boolean room = counts.size() < MAX_PATHS || counts.containsKey(path);
    counts.merge(room ? path : OTHERS, 1L, Long::sum);
  }

  Map<String, Long> counts() {
    return Collections.unmodifiableMap(new TreeMap<>(counts));
  }
}
