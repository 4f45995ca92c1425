package io.sluice.core.batch;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SourceObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rejected records that are put through the pipeline again, each named by where it stands in its
 * source: that is read once more, so that a record of any format, a redacted one or one whose end
 * quarantine does not hold comes back as it was. A replay is itself a source object, whose records
 * are these, in this order.
 *
 * @param contract fingerprint of the contract that they are to be held against
 */
public record Replay(PipelineName pipeline, String contract, List<Part> parts) {
  /** What was found out about each of so many records is held in memory when it is noted. */
  public static final int MOST_RECORDS = 10_000;

  /** Refuses a replay of nothing, of too much, or of a record twice. */
  public Replay {
    parts = List.copyOf(parts);
    int records = parts.stream().mapToInt(part -> part.ordinals().size()).sum();
    Set<SourceObject> sources = new HashSet<>();
    parts.forEach(part -> sources.add(part.source()));
    if (records == 0 || records > MOST_RECORDS || sources.size() < parts.size()) {
      throw new IllegalArgumentException(
          "Invalid replay: "
              + records
              + " records of "
              + sources.size()
              + " sources (1 to "
              + MOST_RECORDS
              + " are wanted, each source once)");
    }
  }

  /**
   * The wanted records of one source.
   *
   * @param ordinals their numbers in the source, ascending
   */
  public record Part(SourceObject source, List<Long> ordinals) {
    /** Refuses numbers that are negative, or do not ascend. */
    public Part {
      ordinals = List.copyOf(ordinals);
      List<Long> ascending = List.copyOf(new TreeSet<>(ordinals));
      if (ordinals.isEmpty() || ordinals.getFirst() < 0 || !ascending.equals(ordinals)) {
        throw new IllegalArgumentException("Invalid replay: positions in " + source);
      }
    }
  }

  /** The ids that the records have in quarantine, in the order in which they are read. */
  public List<String> ids() {
    return parts.stream()
        .flatMap(
            part -> {
              BatchId batch = BatchId.of(pipeline, part.source());
              return part.ordinals().stream().map(ordinal -> batch + "-" + ordinal);
            })
        .toList();
  }
}
