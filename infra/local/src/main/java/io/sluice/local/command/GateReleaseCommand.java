package io.sluice.local.command;

import io.sluice.core.gate.Settlement;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has quarantined batches curated again and published although their gates failed. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description =
        "Has quarantined batches curated again and published although their gates failed.")
public final class GateReleaseCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The name of the pipeline.")
  private String name = "";

  @Parameters(
      index = "1",
      paramLabel = "SNAPSHOT|BATCH",
      description = "A quarantined snapshot, or one of its batches.")
  private String what = "";

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
  private String reason = "";

  @Mixin private DecisionOptions options = new DecisionOptions();

  @Override
  public Integer call() throws Exception {
    return options.run(
        name,
        (held, decision) -> Optional.of(held.settlement(what, Settlement.Way.RELEASE, decision)),
        reason);
  }
}
