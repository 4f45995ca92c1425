package io.sluice.core.batch;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SourceObject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What says that a batch is landed. It is written once, after the files it names, and never
 * changed.
 *
 * @param sourceModified when the source object was last modified; its day is part of the raw path
 * @param contract fingerprint of the contract that every accepted record matched
 * @param code version of the code that landed it
 * @param errors how often each error was found, by {@code code path}
 * @param unknown how often fields were seen that the contract does not know, by their paths
 * @param raw the files with the accepted records, in order of their ordinals
 * @param quarantine the files with the rejected records
 */
public record Manifest(
    BatchId batch,
    PipelineName pipeline,
    SourceObject source,
    long sourceBytes,
    Instant sourceModified,
    Instant landedAt,
    String contract,
    String code,
    LandStatus status,
    LandCounts counts,
    Map<String, Long> errors,
    Map<String, Long> unknown,
    List<StoredFile> raw,
    List<StoredFile> quarantine) {
  /** What stands for unknown fields beyond those that are named one by one. */
  public static final String MORE_UNKNOWN = "(more)";

  /** Copies the collections, and refuses files whose rows contradict the counts. */
  public Manifest {
    errors = Collections.unmodifiableMap(new TreeMap<>(errors));
    unknown = Collections.unmodifiableMap(new TreeMap<>(unknown));
    raw = List.copyOf(raw);
    quarantine = List.copyOf(quarantine);
    if (rows(raw) != counts.accepted() || rows(quarantine) != counts.rejected()) {
      throw new IllegalArgumentException(
          "Invalid manifest: batch " + batch + " has files whose rows are not its counts");
    }
  }

  /** The message that hands this batch to curate. */
  public BatchLanded announcement(ObjectName manifest) {
    return new BatchLanded(pipeline, batch, manifest);
  }

  private static long rows(List<StoredFile> files) {
    return files.stream().mapToLong(StoredFile::rows).sum();
  }
}
