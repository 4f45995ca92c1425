package io.sluice.iceberg.merge;

import io.sluice.core.id.BatchId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The records that a merge refused because their key stands there with another content: what a
 * quarantine needs to name them. Under a hundred bytes each, and no more of them than records of
 * the batches; their contents are in the raw files, at their ordinals.
 */
public final class Conflicts {
  private final List<Conflict> all = new ArrayList<>();

  Conflicts() {}

  /** One record that was refused. */
  public static final class Conflict {
    private final BatchId batch;
    private final long ordinal;
    private final Fingerprint content;
    private final Fingerprint kept;

    Conflict(BatchId batch, long ordinal, Fingerprint content, Fingerprint kept) {
      this.batch = batch;
      this.ordinal = ordinal;
      this.content = content;
      this.kept = kept;
    }

    /** The batch that it came with. */
    public BatchId batch() {
      return batch;
    }

    /** Its number in the batch's source, from 0. */
    public long ordinal() {
      return ordinal;
    }

    /** The fingerprint of its content, in hex. */
    public String content() {
      return HexFormat.of().formatHex(content.bytes());
    }

    /** The fingerprint of the content that stays, in hex: the {@code _hash} of its row. */
    public String kept() {
      return HexFormat.of().formatHex(kept.bytes());
    }
  }

  void add(Conflict conflict) {
    all.add(conflict);
  }

  /** All of them, in the order of batches and ordinals. */
  public List<Conflict> all() {
    return List.copyOf(all);
  }
}
