package io.sluice.aws.glue;

import io.sluice.aws.client.AwsClients;
import io.sluice.contracts.registry.Registries;
import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.contracts.registry.RegistrySettings;
import io.sluice.core.batch.Layout;
import io.sluice.core.port.ObjectStore;
import java.time.InstantSource;

/** The schema registries that a function reaches: all kinds, Glue in its own region. */
public final class FunctionRegistries {
  private FunctionRegistries() {}

  /** Registries of the lake in {@code store}; {@code settings} say who is to be told what. */
  public static Registries open(
      AwsClients clients, ObjectStore store, Layout layout, RegistrySettings settings) {
    return new Registries(
        store,
        layout,
        RegistryAccess.of(settings),
        InstantSource.system(),
        name -> new GlueRegistry(clients, name));
  }
}
