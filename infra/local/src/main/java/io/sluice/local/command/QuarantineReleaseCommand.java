package io.sluice.local.command;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.Manifests;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.Release;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.local.Sluice;
import io.sluice.local.lake.LakeView;
import io.sluice.local.lake.PipelineFolder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a held batch go on. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a batch go on that is held for its rejected records: the good ones go into the table,",
      "the others stay in quarantine. The first release of a batch is kept."
    })
public final class QuarantineReleaseCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The name of the pipeline.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "BATCH", description = "The batch, as run names it.")
  private String batch = "";

  @Mixin private LakeOption lake = new LakeOption();

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; kept beside the manifest.")
  private String reason = "";

  @Mixin private RunOptions options = new RunOptions();

  @Override
  public Integer call() throws Exception {
    List<PipelineFolder> declared = new ArrayList<>();
    lake.open(
        view -> {
          Pipeline pipeline = view.pipeline(name);
          release(view, pipeline);
          declared.add(new PipelineFolder(pipeline, Map.of()));
          return Sluice.DONE;
        });
    return new RunSession(lake.folder(), declared.getFirst(), lake.registry(), options)
        .run(run -> run.feed(List.of()));
  }

  private void release(LakeView view, Pipeline pipeline) {
    Manifests manifests = new Manifests(view.store());
    ObjectName manifestName = manifestName(view, pipeline);
    Manifest manifest = manifests.find(manifestName).orElseThrow();
    if (!(manifest.status() instanceof LandStatus.Held)) {
      throw new ConfigurationFailure(
          "Cannot release batch " + batch + ": it is " + manifest.status().word());
    }
    Release kept =
        manifests.release(manifestName, new Release(manifest.batch(), reason, Instant.now()));
    System.err.println("Batch " + batch + " is released since " + kept.at() + ": " + kept.reason());
  }

  private ObjectName manifestName(LakeView view, Pipeline pipeline) {
    List<ObjectName> names = new ArrayList<>();
    view.store()
        .list(
            view.layout().lakeBucket(),
            Layout.rawPrefix(pipeline.name()),
            object -> {
              ObjectName each = object.source().name();
              if (Layout.isManifest(each.key()) && each.key().contains("/" + id() + "/")) {
                names.add(each);
              }
            });
    if (names.isEmpty()) {
      throw new ConfigurationFailure("Batch does not exist: " + batch);
    }
    return names.getFirst();
  }

  private BatchId id() {
    try {
      return new BatchId(batch);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
