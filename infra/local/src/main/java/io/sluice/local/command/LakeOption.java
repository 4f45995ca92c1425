package io.sluice.local.command;

import io.sluice.aws.client.AwsEndpoints;
import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.local.cloud.EmbeddedCloud;
import io.sluice.local.cloud.LocalStorage;
import io.sluice.local.lake.LakeView;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The lake that a command that only reads is about. */
final class LakeOption {
  @Option(
      names = "--lake",
      required = true,
      paramLabel = "DIR",
      description = "The folder that keeps the lake.")
  private Path folder = Path.of("");

  @Mixin private RegistryOption registry = new RegistryOption();

  /** As whom contracts are read that are in a registry. */
  RegistryAccess registry() {
    return registry.access();
  }

  /** The folder that keeps the lake. */
  Path folder() {
    return folder;
  }

  /** What is done with an open lake. */
  interface Use {
    int with(LakeView lake) throws Exception;
  }

  /** Opens the lake, hands it to {@code use}, and closes it. */
  int open(Use use) throws Exception {
    try (LocalStorage storage = LocalStorage.open(folder, Installation.root());
        LakeView lake =
            new LakeView(
                new AwsEndpoints(
                    storage.s3Endpoint(),
                    storage.s3Endpoint(),
                    EmbeddedCloud.REGION,
                    EmbeddedCloud.ACCESS_KEY,
                    EmbeddedCloud.SECRET_KEY),
                storage.bucket("LandingBucket"),
                storage.bucket("LakeBucket"),
                storage.catalogUri(),
                registry.access())) {
      return use.with(lake);
    }
  }
}
