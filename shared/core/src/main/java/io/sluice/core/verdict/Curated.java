package io.sluice.core.verdict;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What curate says of the batches that it drained together. */
public sealed interface Curated {
  /** One snapshot on audit, with all of these batches in it. */
  record Committed(SnapshotId snapshot, Map<BatchId, BatchAccount> accounts) implements Curated {
    /** Copies the accounts. */
    public Committed {
      accounts = Collections.unmodifiableMap(new TreeMap<>(accounts));
    }
  }

  /** These batches are in that snapshot already; it was announced again. */
  record AlreadyCommitted(SnapshotId snapshot, List<BatchId> batches) implements Curated {
    /** Copies the batches. */
    public AlreadyCommitted {
      batches = List.copyOf(batches);
    }
  }

  /** These batches were taken off audit by a gate, and wait for a release or a discard. */
  record Withheld(List<BatchId> batches) implements Curated {
    /** Copies the batches. */
    public Withheld {
      batches = List.copyOf(batches);
    }
  }

  /** These batches are above their reject budget: their rejected records are kept, no more. */
  record Held(List<BatchId> batches) implements Curated {
    /** Copies the batches. */
    public Held {
      batches = List.copyOf(batches);
    }
  }
}
