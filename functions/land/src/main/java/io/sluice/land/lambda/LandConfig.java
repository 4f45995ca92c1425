package io.sluice.land.lambda;

import io.sluice.contracts.registry.RegistrySettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** The settings of the land function. */
@ConfigMapping(prefix = "land")
public interface LandConfig {
  /** The bucket that holds declarations, and that raw batches and quarantine go to. */
  String lakeBucket();

  /** The URL of the queue that batches are announced on. */
  URI curateQueueUrl();

  /** The schema registry that wants to know its callers, if one does. */
  RegistrySettings registry();

  /** The version of this code, for manifests. */
  @WithDefault("${quarkus.application.version}")
  String code();
}
