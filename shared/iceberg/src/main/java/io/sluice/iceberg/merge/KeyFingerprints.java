package io.sluice.iceberg.merge;

import io.sluice.core.id.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;

/** The keys that were seen, by their fingerprints: tells a second row of one key from the first. */
public final class KeyFingerprints {
  private final Fingerprinter fingerprinter;
  private final Set<Fingerprint> seen = new HashSet<>();

  /** No keys yet, of rows of {@code schema}. */
  public KeyFingerprints(Schema schema, List<FieldPath> key) {
    this.fingerprinter = new Fingerprinter(schema, key);
  }

  /** Whether this is the first row of its key. */
  public boolean isFirst(StructLike row) {
    return seen.add(fingerprinter.key(row));
  }
}
