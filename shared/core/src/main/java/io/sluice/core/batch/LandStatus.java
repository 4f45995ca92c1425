package io.sluice.core.batch;

/** How a batch stands after land. */
public sealed interface LandStatus {
  /** One word, as it stands in the manifest. */
  String word();

  /** Within its reject budget: curate takes all of it. */
  record Accepted() implements LandStatus {
    @Override
    public String word() {
      return "accepted";
    }
  }

  /**
   * Too many rejected records: they go into quarantine, and the good part waits in raw for a
   * release.
   */
  record Held(String reason) implements LandStatus {
    @Override
    public String word() {
      return "held";
    }
  }

  /**
   * The object as a whole could not be read: nothing of it is landed; the object itself stays where
   * it is.
   */
  record Rejected(String reason) implements LandStatus {
    @Override
    public String word() {
      return "rejected";
    }
  }
}
