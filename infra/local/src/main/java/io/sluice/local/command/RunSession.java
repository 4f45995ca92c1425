package io.sluice.local.command;

import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.local.Sluice;
import io.sluice.local.cloud.CloudSettings;
import io.sluice.local.lake.PipelineFolder;
import io.sluice.local.print.ProgressPrinter;
import io.sluice.local.print.ReportJson;
import io.sluice.local.print.SummaryPrinter;
import io.sluice.local.run.PipelineRun;
import io.sluice.local.run.RunReport;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/** One run with its progress on standard error and its report on standard output. */
final class RunSession {
  private final Path lake;
  private final PipelineFolder folder;
  private final RegistryAccess registry;
  private final RunOptions options;

  RunSession(Path lake, PipelineFolder folder, RegistryAccess registry, RunOptions options) {
    this.lake = lake;
    this.folder = folder;
    this.registry = registry;
    this.options = options;
  }

  /** {@link #execute}, with the report on standard output; returns the exit status. */
  int run(Consumer<PipelineRun> feed) {
    RunReport report = execute(feed);
    if (options.json()) {
      ReportJson.print(report, System.out);
    } else {
      new SummaryPrinter(System.out).print(report);
    }
    return status(report);
  }

  /** Starts the cloud, lets {@code feed} put inputs in, waits, and tells what came of it. */
  RunReport execute(Consumer<PipelineRun> feed) {
    ProgressPrinter progress = new ProgressPrinter(System.err);
    progress.say("Starting the embedded cloud over " + lake);
    CloudSettings settings =
        new CloudSettings(lake, Installation.root(), Installation.layerJars(), registry, 0, 0);
    RunReport report;
    try (PipelineRun run = PipelineRun.start(settings, folder, InstantSource.system(), progress)) {
      Thread atInterrupt = new Thread(run.cloud()::close, "close the embedded cloud");
      Runtime.getRuntime().addShutdownHook(atInterrupt);
      progress.say("Feeding " + folder.pipeline().name());
      feed.accept(run);
      report = run.finish(options.timeout());
      Runtime.getRuntime().removeShutdownHook(atInterrupt);
    }
    progress.end();
    return report;
  }

  /** What the command that made {@code report} exits with. */
  static int status(RunReport report) {
    if (!report.deadLetters().isEmpty()) {
      return Sluice.INFRASTRUCTURE;
    }
    return report.isRefused() ? Sluice.REFUSED : Sluice.DONE;
  }
}
