package io.sluice.core.port;

import io.sluice.core.gate.ColumnQuestion;
import io.sluice.core.gate.Layer;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Metric;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.SnapshotId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What gates ask of a table's snapshot. What cannot be measured is answered with the reason. */
public interface SnapshotMeasures {
  /**
   * Answers every question about the rows that {@code snapshot} adds, as many and in the same
   * order, reading these rows at most once.
   */
  List<Measurement> measure(SnapshotId snapshot, List<ColumnQuestion> questions);

  /** The files that {@code snapshot} adds. */
  AddedFiles addedFiles(SnapshotId snapshot);

  /** The whole table as of {@code snapshot}. */
  Totals totals(SnapshotId snapshot);

  /** The greatest time in the whole table as of {@code snapshot}, in seconds since 1970. */
  Measurement newest(SnapshotId snapshot, FieldPath time);

  /**
   * The share of the distinct keys that {@code reference} looks for in vain: of the rows that the
   * snapshot adds, or of the whole table as of it.
   */
  Measurement unreferenced(SnapshotId snapshot, Layer layer, Metric.Referential reference);

  /** How the columns of {@code snapshot} differ from those that are declared now, for people. */
  Optional<String> schemaDifference(SnapshotId snapshot);

  /** Files that a snapshot adds, and how many rows they bring to each partition. */
  record AddedFiles(long files, Map<String, Long> rowsByPartition) {
    /** Copies the map. */
    public AddedFiles {
      rowsByPartition = Collections.unmodifiableMap(new TreeMap<>(rowsByPartition));
    }
  }

  /** What a table comes to. */
  record Totals(long files, long rows) {}
}
