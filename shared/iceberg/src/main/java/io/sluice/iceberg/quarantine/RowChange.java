package io.sluice.iceberg.quarantine;

import java.util.Set;
import org.apache.iceberg.data.Record;

/** What is to be changed in the rows of some records. */
interface RowChange {
  /** The batches that the records came in. */
  Set<String> batches();

  /** Whether a row, of which {@link Rewrite#LOOKED_AT} are there, is to be changed. */
  boolean concerns(Record row);

  /** Changes a row that is concerned. */
  void apply(Record row);

  /** What the snapshot's summary says of the change: a name of its own, and a value. */
  String summaryKey();

  /** What stands under {@link #summaryKey}. */
  String summaryValue();
}
