package io.sluice.local.command;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.local.lake.HeldBack;
import io.sluice.local.print.HeldBackPrinter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what gates hold back, and why. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Prints what gates hold back and why; exits with 1 while anything is.")
public final class GateStatusCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The name of the pipeline.")
  private String name = "";

  @Mixin private LakeOption lake = new LakeOption();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return lake.open(
        view -> {
          Pipeline pipeline = view.pipeline(name);
          return HeldBackPrinter.print(HeldBack.look(view, pipeline), lake.folder(), json);
        });
  }
}
