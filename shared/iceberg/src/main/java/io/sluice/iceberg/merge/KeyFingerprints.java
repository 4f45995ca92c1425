package io.sluice.iceberg.merge;

import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;

/** The keys that were seen, by their fingerprints: tells a second row of one key from the first. */
public final class KeyFingerprints {
  private final Fingerprinter fingerprinter;
  private final KeyIndex seen = new KeyIndex();

  /** No keys yet, of rows of {@code schema}. */
  public KeyFingerprints(Schema schema, UniqueKey key) {
    this.fingerprinter = new Fingerprinter(schema, key);
  }

  /** Whether this is the first row of its key. */
  public boolean isFirst(StructLike row) {
    int before = seen.size();
    return seen.add(fingerprinter.key(row)) == before;
  }
}
