package io.sluice.local.run;

import io.sluice.aws.client.AwsEndpoints;
import io.sluice.core.batch.Layout;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.StoredObject;
import io.sluice.core.port.Upload;
import io.sluice.local.cloud.CloudSettings;
import io.sluice.local.cloud.EmbeddedCloud;
import io.sluice.local.cloud.event.CloudEvent;
import io.sluice.local.lake.InputFile;
import io.sluice.local.lake.LakeView;
import io.sluice.local.lake.PipelineFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One pipeline at work on an embedded cloud: inputs go into landing, and everything else follows
 * from that.
 */
public final class PipelineRun implements AutoCloseable {
  private final CloudSettings settings;
  private final PipelineFolder folder;
  private final EmbeddedCloud cloud;
  private final LakeView lake;
  private final InstantSource clock;
  private final Instant start;
  private final LakeState before;
  private final Map<BatchId, Delivery> inputs = new LinkedHashMap<>();

  private PipelineRun(
      CloudSettings settings,
      PipelineFolder folder,
      EmbeddedCloud cloud,
      InstantSource clock,
      Instant start) {
    this.settings = settings;
    this.folder = folder;
    this.cloud = cloud;
    this.clock = clock;
    this.start = start;
    this.lake = view(cloud);
    lake.check(folder.pipeline());
    declare();
    this.before = LakeState.look(lake, folder.pipeline());
  }

  /**
   * Starts the cloud of a lake and declares the pipeline in it.
   *
   * @param listener hears of what happens in the cloud, from many threads
   */
  public static PipelineRun start(
      CloudSettings settings,
      PipelineFolder folder,
      InstantSource clock,
      Consumer<CloudEvent> listener) {
    Instant start = clock.instant();
    EmbeddedCloud cloud = EmbeddedCloud.start(settings, listener);
    try {
      return new PipelineRun(settings, folder, cloud, clock, start);
    } catch (RuntimeException e) {
      cloud.close();
      throw e;
    }
  }

  /** A view of the lake of {@code cloud}. */
  public static LakeView view(EmbeddedCloud cloud) {
    return new LakeView(
        new AwsEndpoints(
            cloud.s3Endpoint(),
            cloud.sqsEndpoint(),
            EmbeddedCloud.REGION,
            EmbeddedCloud.ACCESS_KEY,
            EmbeddedCloud.SECRET_KEY),
        cloud.bucket("LandingBucket"),
        cloud.bucket("LakeBucket"),
        cloud.catalogUri(),
        cloud.registry());
  }

  /** The cloud that it runs on. */
  public EmbeddedCloud cloud() {
    return cloud;
  }

  /**
   * Puts {@code files} into landing. One that is there already is announced again instead, and what
   * earlier runs left unfinished is announced too.
   */
  public void feed(List<InputFile> files) {
    for (InputFile file : files) {
      ObjectName target = file.target(lake.landingBucket(), folder.pipeline().name());
      if (lake.store().find(target).isPresent()) {
        cloud.announceAgain(target.bucket(), target.key());
      } else {
        upload(file.path(), target);
      }
      count(find(target));
    }
    for (StoredObject left : before.unfinished()) {
      if (!inputs.containsKey(BatchId.of(folder.pipeline().name(), left.source()))) {
        announceAgain(left);
      }
    }
  }

  /**
   * Puts {@code objects} into landing, each under its name, and what earlier runs left unfinished.
   * One that is there already is announced again instead.
   */
  public void replay(Map<String, byte[]> objects) {
    String prefix = Layout.replayPrefix(folder.pipeline().name());
    objects.forEach(
        (name, content) -> {
          ObjectName target = new ObjectName(lake.landingBucket(), prefix + name);
          if (lake.store().putIfAbsent(target, content) == ObjectStore.PutOutcome.EXISTED) {
            cloud.announceAgain(target.bucket(), target.key());
          }
          count(find(target));
        });
    feed(List.of());
  }

  /** Sends the notification of a file that was fed once more, as S3 may at any time. */
  public void announceAgain(InputFile file) {
    announceAgain(find(file.target(lake.landingBucket(), folder.pipeline().name())));
  }

  private void announceAgain(StoredObject object) {
    ObjectName name = object.source().name();
    cloud.announceAgain(name.bucket(), name.key());
    count(object);
  }

  private StoredObject find(ObjectName name) {
    return lake.store()
        .find(name)
        .orElseThrow(() -> new TransientFailure("Cannot read " + name + ": it is gone"));
  }

  private void count(StoredObject object) {
    String key = object.source().name().key();
    BatchId batch = BatchId.of(folder.pipeline().name(), object.source());
    inputs.merge(
        batch,
        new Delivery(batch, key.substring(key.lastIndexOf('/') + 1), 1),
        (known, ignored) -> known.again());
  }

  /** Waits until all is done, and tells what came of it. */
  public RunReport finish(Duration timeout) {
    cloud.awaitQuiet(timeout);
    FunctionLogs logs = new FunctionLogs(cloud.functions());
    LakeState now = LakeState.look(lake, folder.pipeline());
    return new RunReporter(lake, settings.lake(), folder.pipeline(), before, now)
        .report(
            inputs.values(),
            start,
            clock.instant(),
            cloud.deadLetters().stream().map(logs::explained).toList());
  }

  @Override
  public void close() {
    lake.close();
    cloud.close();
  }

  private void declare() {
    folder
        .pipeline()
        .storage()
        .declaredLocation()
        .ifPresent(location -> cloud.createBucket(location.bucket()));
    Layout layout = lake.layout();
    folder
        .files()
        .forEach(
            (name, content) -> {
              try (Upload upload =
                  lake.store().upload(layout.declaration(folder.pipeline().name(), name))) {
                upload.write(content.getBytes(StandardCharsets.UTF_8));
                upload.complete();
              } catch (IOException e) {
                throw new TransientFailure(
                    "Cannot declare pipeline " + folder.pipeline().name() + ": " + e.getMessage(),
                    e);
              }
            });
  }

  private void upload(Path file, ObjectName target) {
    try (Upload upload = lake.store().upload(target)) {
      Files.copy(file, upload);
      upload.complete();
    } catch (IOException e) {
      throw new ConfigurationFailure("Cannot read input file " + file + ": " + e.getMessage(), e);
    }
  }
}
