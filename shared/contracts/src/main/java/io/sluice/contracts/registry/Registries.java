package io.sluice.contracts.registry;

import io.sluice.core.batch.Layout;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.port.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The registries that declarations name, each with its cache, for as long as a function lives.
 * Declarations say where a registry is; who asks is a setting of the function.
 */
public final class Registries {
  /** The name of the lake's own objects in a declaration. */
  public static final String OBJECTS = "objects";

  /** The name of Glue's registry in a declaration, with or without {@code :name} behind it. */
  public static final String GLUE = "glue";

  /** What Glue calls the registry that needs no name. */
  private static final String GLUE_DEFAULT = "default-registry";

  /**
   * A contract that was changed holds within minutes, and a registry is asked some times an hour.
   */
  private static final Duration LATEST_FOR = Duration.ofMinutes(5);

  private final ObjectStore store;
  private final Layout layout;
  private final RegistryAccess access;
  private final InstantSource clock;
  private final Function<String, SchemaRegistry> glue;
  private final Map<String, SchemaRegistry> open = new ConcurrentHashMap<>();

  /** Registries, none of them asked yet, where Glue is not. */
  public Registries(ObjectStore store, Layout layout, RegistryAccess access, InstantSource clock) {
    this(store, layout, access, clock, Registries::noGlue);
  }

  /**
   * Registries, none of them asked yet.
   *
   * @param access to the one that wants to know its callers
   * @param glue the registry of that name in Glue
   */
  public Registries(
      ObjectStore store,
      Layout layout,
      RegistryAccess access,
      InstantSource clock,
      Function<String, SchemaRegistry> glue) {
    this.store = store;
    this.layout = layout;
    this.access = access;
    this.clock = clock;
    this.glue = glue;
  }

  private static SchemaRegistry noGlue(String name) {
    throw new ConfigurationFailure("Cannot read Glue registry " + name + ": it is on AWS only");
  }

  /**
   * The registry at {@code address}, the lake's own for {@value #OBJECTS}, or one of {@value
   * #GLUE}.
   *
   * @throws IllegalArgumentException when it is no address
   */
  public SchemaRegistry at(String address) {
    return open.computeIfAbsent(
        address, each -> new CachedRegistry(uncached(each), LATEST_FOR, clock));
  }

  private SchemaRegistry uncached(String address) {
    if (address.equals(OBJECTS)) {
      return new ObjectRegistry(store, layout);
    }
    if (address.equals(GLUE)) {
      return glue.apply(GLUE_DEFAULT);
    }
    return address.startsWith(GLUE + ":")
        ? glue.apply(address.substring(GLUE.length() + 1))
        : new RestRegistry(URI.create(address), access);
  }
}
