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
    return learned(id, registry.find(id));
  }

  @Override
  public synchronized Optional<String> find(Subject subject) {
    Known kept = known.get(subject);
    if (kept != null && !(subject.moves() && isOld(kept))) {
      return Optional.of(kept.schema());
    }
    try {
      return learned(subject, registry.find(subject));
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

  private Optional<String> learned(Object name, Optional<String> schema) {
    schema.ifPresent(text -> known.put(name, new Known(text, clock.instant())));
    return schema;
  }
}
