package io.sluice.local.command;

import io.sluice.core.batch.GateRequest;
import io.sluice.core.failure.ConfigurationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has what is held judged again. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Judges what is halted again, under the rules as they are declared now, and publishes what",
      "passes. A gate that is accepted is recorded as failed, and does not stop it."
    })
public final class GateResumeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The name of the pipeline.")
  private String name = "";

  @Option(
      names = "--accept",
      paramLabel = "GATE",
      description = "The name of a gate whose failure is accepted; may be given again.")
  private List<String> accepted = new ArrayList<>();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why; wanted with --accept.")
  private String reason = "";

  @Mixin private DecisionOptions options = new DecisionOptions();

  @Override
  public Integer call() throws Exception {
    requireAcceptable();
    String why = accepted.isEmpty() && reason.isBlank() ? "judged again" : reason;
    return options.run(
        name,
        (held, decision) -> {
          held.requireGates(new TreeSet<>(accepted));
          return held.audit().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new GateRequest.Resume(
                      held.pipeline(),
                      held.audit().getFirst().snapshot(),
                      Set.copyOf(accepted),
                      decision));
        },
        why);
  }

  private void requireAcceptable() {
    try {
      GateRequest.Resume.requireAcceptable(Set.copyOf(accepted));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
