package io.sluice.curate.lambda;

import io.sluice.contracts.registry.RegistrySettings;
import io.sluice.iceberg.catalog.CatalogSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The settings of the curate function. */
@ConfigMapping(prefix = "curate")
public interface CurateConfig {
  /** The bucket that holds declarations, raw batches and tables. */
  String lakeBucket();

  /** The URL of the queue that snapshots are announced on. */
  URI gateQueueUrl();

  /** The URL of the queue that batches come from. */
  URI queueUrl();

  /** What a batch waits for others at most, whatever its pipeline declares. */
  @WithDefault("PT1H")
  Duration longestWait();

  /** The catalog of the tables. */
  Catalog catalog();

  /** The schema registry that wants to know its callers, if one does. */
  RegistrySettings registry();

  /** The version of this code, for snapshot summaries. */
  @WithDefault("${quarkus.application.version}")
  String code();

  /** Which catalog, and where. */
  interface Catalog {
    /** The kind of catalog. */
    @WithDefault("glue")
    CatalogSettings.Kind kind();

    /** The address of a JDBC catalog. */
    Optional<String> uri();

    /** Where tables go that declare no place of their own. */
    String warehouse();
  }
}
