package io.sluice.local.command;

import io.sluice.contracts.compatibility.Compatibility;
import io.sluice.contracts.compatibility.Direction;
import io.sluice.local.Sluice;
import io.sluice.local.lake.PipelineFolder;
import io.sluice.local.print.CompatibilityPrinter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two versions of a contract. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Names every difference of two contracts: which readers it breaks and why, and what it does",
      "to the table. Exits with 1 when the new one cannot read records of the old one."
    })
public final class ContractCheckCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "OLD", description = "A contract, or a pipeline's folder.")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "NEW", description = "The same, as it is to be.")
  private Path after = Path.of("");

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Mixin private RegistryOption registry = new RegistryOption();

  @Override
  public Integer call() {
    Compatibility compatibility =
        Compatibility.of(
            PipelineFolder.contract(before, registry.access()),
            PipelineFolder.contract(after, registry.access()));
    CompatibilityPrinter printer = new CompatibilityPrinter(before, after, compatibility);
    if (json) {
      printer.printJson(System.out);
    } else {
      printer.print(System.out);
    }
    return compatibility.holds(Direction.BACKWARD) ? Sluice.DONE : Sluice.REFUSED;
  }
}
