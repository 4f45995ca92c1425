package io.sluice.local.run;

import io.sluice.core.batch.BatchAccount;
import io.sluice.core.id.BatchId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of one input.
 *
 * @param source the name of the file
 * @param deliveries how often this invocation announced it
 * @param verdict one word: accepted, already_landed, held, rejected, or dead_lettered where nothing
 *     came of it
 * @param reason why, where the verdict is a refusal; else empty
 * @param account from the manifest, and from the snapshot where it is in one
 * @param errors how often each error was found
 * @param unknown how often fields were seen that the contract does not know, by their paths
 * @param snapshots the snapshot that holds it; empty where none does
 * @param next the command that lets it go on, where somebody must; else empty
 */
public record BatchLine(
    BatchId batch,
    String source,
    int deliveries,
    String verdict,
    String reason,
    BatchAccount account,
    Map<String, Long> errors,
    Map<String, Long> unknown,
    List<Long> snapshots,
    String next) {
  /** What land says of an input that was landed before this invocation. */
  public static final String ALREADY_LANDED = "already_landed";

  /** What stands where neither a manifest nor the object's absence explains an input. */
  public static final String DEAD_LETTERED = "dead_lettered";

  /** Copies the collections. */
  public BatchLine {
    errors = Collections.unmodifiableMap(new TreeMap<>(errors));
    unknown = Collections.unmodifiableMap(new TreeMap<>(unknown));
    snapshots = List.copyOf(snapshots);
  }
}
