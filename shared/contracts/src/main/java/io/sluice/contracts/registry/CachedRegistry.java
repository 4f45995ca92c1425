package io.sluice.contracts.registry;

import io.sluice.contracts.framing.SchemaId;
import io.sluice.core.failure.TransientFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A registry that is asked once for what cannot change, and now and then for what can. What it
 * knows it goes on serving while the registry is down; what it does not know it never makes up. It
 * does not remember that a schema was not there: it may be registered the next moment.
 */
public final class CachedRegistry implements SchemaRegistry {
  /** Contracts of some hundred versions, of at most 1 MiB each. */
  static final int MAX_SCHEMAS = 200;

  private final SchemaRegistry registry;
  private final Duration latestFor;
  private final InstantSource clock;
  private final Map<Object, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Known> eldest) {
          return size() > MAX_SCHEMAS;
        }
      };

  /**
   * Asks {@code registry}.
   *
   * @param latestFor how long the latest version of a subject is taken for that
   */
  public CachedRegistry(SchemaRegistry registry, Duration latestFor, InstantSource clock) {
    this.registry = registry;
    this.latestFor = latestFor;
    this.clock = clock;
  }

  private record Known(String schema, Instant learned) {}

  @Override
  public synchronized Optional<String> find(SchemaId id) {
    Known kept = known.get(id);
    if (kept != null) {
      return Optional.of(kept.schema());
    }
    Optional<String> found = registry.find(id);
    found.ifPresent(schema -> learn(id, schema));
    return found;
  }

  @Override
  public synchronized Optional<String> find(Subject subject) {
    Known kept = known.get(subject);
    if (kept != null && !(subject.moves() && isOld(kept))) {
      return Optional.of(kept.schema());
    }
    try {
      Optional<String> found = registry.find(subject);
      found.ifPresent(schema -> learn(subject, schema));
      return found;
    } catch (TransientFailure e) {
      if (kept == null) {
        throw e;
      }
      return Optional.of(kept.schema());
    }
  }

  private boolean isOld(Known kept) {
    return !clock.instant().isBefore(kept.learned().plus(latestFor));
  }

  private void learn(Object name, String schema) {
    known.put(name, new Known(schema, clock.instant()));
  }
}
