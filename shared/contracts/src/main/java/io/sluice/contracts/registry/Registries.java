package io.sluice.contracts.registry;

import io.sluice.core.batch.Layout;
import io.sluice.core.port.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The registries that declarations name, each with its cache, for as long as a function lives.
 * Declarations say where a registry is; who asks is a setting of the function.
 */
public final class Registries {
  /** The name of the lake's own objects in a declaration. */
  public static final String OBJECTS = "objects";

  /**
   * A contract that was changed holds within minutes, and a registry is asked some times an hour.
   */
  private static final Duration LATEST_FOR = Duration.ofMinutes(5);

  private final ObjectStore store;
  private final Layout layout;
  private final RegistryAccess access;
  private final InstantSource clock;
  private final Map<String, SchemaRegistry> open = new ConcurrentHashMap<>();

  /**
   * Registries, none of them asked yet.
   *
   * @param access to the one that wants to know its callers
   */
  public Registries(ObjectStore store, Layout layout, RegistryAccess access, InstantSource clock) {
    this.store = store;
    this.layout = layout;
    this.access = access;
    this.clock = clock;
  }

  /**
   * The registry at {@code address}, or the lake's own for {@value #OBJECTS}.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public SchemaRegistry at(String address) {
    return open.computeIfAbsent(
        address, each -> new CachedRegistry(uncached(each), LATEST_FOR, clock));
  }

  private SchemaRegistry uncached(String address) {
    return address.equals(OBJECTS)
        ? new ObjectRegistry(store, layout)
        : new RestRegistry(URI.create(address), access);
  }
}
