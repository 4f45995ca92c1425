package io.sluice.local.command;

import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.local.Sluice;
import io.sluice.local.lake.PipelineFolder;
import io.sluice.local.odcs.OdcsDocument;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a pipeline as a document of a standard. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a pipeline as a document of the Open Data Contract Standard, version 3.1: schema,",
      "key, quality rules, service levels, owner. What the standard has no place for is carried in",
      "custom properties, and named on standard error."
    })
public final class ContractExportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE_DIR", description = "The pipeline's folder.")
  private Path folder = Path.of("");

  @Option(names = "--odcs", required = true, description = "The standard; there is one.")
  private boolean odcs;

  @Mixin private RegistryOption registry = new RegistryOption();

  @Override
  public Integer call() {
    if (!odcs) {
      throw new ConfigurationFailure("Cannot export " + folder + ": --odcs is wanted");
    }
    OdcsDocument document = OdcsDocument.of(PipelineFolder.read(folder, registry.access()));
    System.out.print(document.yaml());
    System.out.flush();
    document.carried().forEach(name -> System.err.println("Carried as it is: " + name));
    return Sluice.DONE;
  }
}
