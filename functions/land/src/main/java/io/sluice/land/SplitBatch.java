package io.sluice.land;

import io.sluice.core.batch.LandCounts;
import io.sluice.core.batch.StoredFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a source object was split into. */
sealed interface SplitBatch {
  /** How many records went where. */
  LandCounts counts();

  /** How often each error was found. */
  Map<String, Long> errors();

  /** How often fields were seen that the contract does not know, by their paths. */
  Map<String, Long> unknown();

  /** The files with the accepted records. */
  List<StoredFile> raw();

  /** The files with the rejected records. */
  List<StoredFile> quarantine();

  /** Why the object as a whole could not be read, if it could not. */
  default Optional<String> unreadable() {
    return Optional.empty();
  }

  /** Why gates hold it, if they do. */
  default Optional<String> failedGates() {
    return Optional.empty();
  }

  /**
   * Read to its end.
   *
   * @param failures why gates hold it; none where they do not
   */
  record Complete(
      LandCounts counts,
      List<String> failures,
      Map<String, Long> errors,
      Map<String, Long> unknown,
      List<StoredFile> raw,
      List<StoredFile> quarantine)
      implements SplitBatch {
    /** Copies the collections. */
    public Complete {
      failures = List.copyOf(failures);
      errors = Map.copyOf(errors);
      unknown = Map.copyOf(unknown);
      raw = List.copyOf(raw);
      quarantine = List.copyOf(quarantine);
    }

    @Override
    public Optional<String> failedGates() {
      return failures.stream().findFirst();
    }
  }

  /** Truncated, corrupt or too large: nothing of it is kept but the object itself. */
  record Unreadable(String reason) implements SplitBatch {
    @Override
    public LandCounts counts() {
      return LandCounts.NONE;
    }

    @Override
    public Map<String, Long> errors() {
      return Map.of();
    }

    @Override
    public Map<String, Long> unknown() {
      return Map.of();
    }

    @Override
    public List<StoredFile> raw() {
      return List.of();
    }

    @Override
    public List<StoredFile> quarantine() {
      return List.of();
    }

    @Override
    public Optional<String> unreadable() {
      return Optional.of(reason);
    }
  }
}
