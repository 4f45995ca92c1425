package io.sluice.local.command;

import io.sluice.contracts.wire.GateRequestJson;
import io.sluice.core.batch.GateRequest;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.gate.Decision;
import io.sluice.local.Sluice;
import io.sluice.local.cloud.CloudSettings;
import io.sluice.local.cloud.EmbeddedCloud;
import io.sluice.local.lake.HeldBack;
import io.sluice.local.lake.LakeView;
import io.sluice.local.print.HeldBackPrinter;
import io.sluice.local.print.ProgressPrinter;
import io.sluice.local.run.PipelineRun;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands share that decide something, and how a decision reaches gate. */
final class DecisionOptions {
  @Mixin private LakeOption lake = new LakeOption();

  @Mixin private RunOptions options = new RunOptions();

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who decides (${DEFAULT-VALUE}).")
  private String by = "";

  /** What gate is asked, of what is held; nothing when there is nothing to ask. */
  interface Request {
    Optional<? extends GateRequest> of(HeldBack held, Decision decision);
  }

  /** Asks gate, waits until all is done, prints what is held then; returns the exit status. */
  int run(String pipeline, Request request, String reason) throws Exception {
    Decision decision = decision(reason);
    AtomicReference<Optional<? extends GateRequest>> asked =
        new AtomicReference<>(Optional.empty());
    lake.open(
        view -> {
          asked.set(request.of(HeldBack.look(view, view.pipeline(pipeline)), decision));
          return Sluice.DONE;
        });
    ProgressPrinter progress = new ProgressPrinter(System.err);
    progress.say("Starting the embedded cloud over " + lake.folder());
    CloudSettings settings =
        new CloudSettings(
            lake.folder(), Installation.root(), Installation.layerJars(), lake.registry(), 0, 0);
    try (EmbeddedCloud cloud = EmbeddedCloud.start(settings, progress);
        LakeView view = PipelineRun.view(cloud)) {
      asked.get().ifPresent(each -> cloud.send("GateQueue", pipeline, GateRequestJson.write(each)));
      cloud.awaitQuiet(options.timeout());
      int status =
          HeldBackPrinter.print(
              HeldBack.look(view, view.pipeline(pipeline)), lake.folder(), options.json());
      return cloud.deadLetters().isEmpty() ? status : Sluice.INFRASTRUCTURE;
    }
  }

  private Decision decision(String reason) {
    try {
      return new Decision(by, reason, InstantSource.system().instant());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
