package io.sluice.local.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What the commands that run a pipeline share. */
final class RunOptions {
  @Option(names = "--json", description = "Print one JSON document instead of the summary.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "3600",
      description = "How long the run may take at the most (${DEFAULT-VALUE}).")
  private long timeoutSeconds;

  boolean json() {
    return json;
  }

  Duration timeout() {
    return Duration.ofSeconds(timeoutSeconds);
  }
}
