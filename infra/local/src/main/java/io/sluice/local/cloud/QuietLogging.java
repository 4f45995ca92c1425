package io.sluice.local.cloud;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the servers that are embedded here from talking about what nobody asked. */
final class QuietLogging {
  private static final Logger ROOT = Logger.getLogger("");

  private QuietLogging() {}

  static void apply() {
    ROOT.setLevel(Level.SEVERE);
  }
}
