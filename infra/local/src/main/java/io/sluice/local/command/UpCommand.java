package io.sluice.local.command;

import io.sluice.local.Sluice;
import io.sluice.local.cloud.CloudSettings;
import io.sluice.local.cloud.EmbeddedCloud;
import io.sluice.local.print.ProgressPrinter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps the embedded cloud up. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the embedded cloud, prints its endpoints and keeps it up until Ctrl-C.",
      "Declare a pipeline by putting pipeline.yaml and its contract under",
      "s3://lake/pipelines/NAME/, and files under s3://landing/landing/NAME/."
    })
public final class UpCommand implements Callable<Integer> {
  @Option(
      names = "--lake",
      required = true,
      paramLabel = "DIR",
      description = "The folder that keeps the lake; made when it is not there.")
  private Path lake = Path.of("");

  @Option(names = "--s3-port", defaultValue = "0", description = "Port of S3 (any free one).")
  private int s3Port;

  @Option(names = "--sqs-port", defaultValue = "0", description = "Port of SQS (any free one).")
  private int sqsPort;

  @Mixin private RegistryOption registry = new RegistryOption();

  @Override
  public Integer call() throws InterruptedException {
    ProgressPrinter progress = new ProgressPrinter(System.err);
    CloudSettings settings =
        new CloudSettings(
            lake,
            Installation.root(),
            Installation.layerJars(),
            registry.access(),
            s3Port,
            sqsPort);
    EmbeddedCloud cloud = EmbeddedCloud.start(settings, progress);
    Runtime.getRuntime().addShutdownHook(new Thread(cloud::close, "close the embedded cloud"));
    System.out.printf(
        """
          The embedded cloud is up over %s
            S3       %s   (path style, region %s, access key %s, secret key %s)
            SQS      %s
            catalog  %s
            landing  s3://%s/landing/<pipeline>/…
            lake     s3://%s/
          Ctrl-C stops it; the lake stays.
          """,
        lake.toAbsolutePath().normalize(),
        cloud.s3Endpoint(),
        EmbeddedCloud.REGION,
        EmbeddedCloud.ACCESS_KEY,
        EmbeddedCloud.SECRET_KEY,
        cloud.sqsEndpoint(),
        cloud.catalogUri(),
        cloud.bucket("LandingBucket"),
        cloud.bucket("LakeBucket"));
    // Ctrl-C ends the process, and the hook the cloud.
    new CountDownLatch(1).await();
    return Sluice.DONE;
  }
}
