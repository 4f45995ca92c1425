package io.sluice.local.cloud;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the embedded servers from talking: what goes wrong in them comes back to their callers as
 * answers, or is reported as a breakdown.
 */
final class QuietLogging {
  private static final Logger ROOT = Logger.getLogger("");

  /** Kept here because a logger that nobody holds forgets its level. */
  private static final List<Logger> SERVERS =
      List.of(
          Logger.getLogger("org.gaul"),
          Logger.getLogger("org.elasticmq"),
          Logger.getLogger("org.apache.pekko"),
          Logger.getLogger("com.sun.net.httpserver"));

  private QuietLogging() {}

  static void apply() {
    ROOT.setLevel(Level.SEVERE);
    SERVERS.forEach(each -> each.setLevel(Level.OFF));
  }
}
