package io.sluice.iceberg.merge;

import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.formats.change.ChangeColumns;
import org.apache.parquet.schema.MessageType;

/**
 * What raw files may hold for their records to become rows. A batch that landed under another
 * declaration may hold what the table cannot take; it is told apart by its columns, before a row is
 * read.
 *
 * @param areChanges whether the pipeline takes changes
 */
record RawColumns(boolean areChanges) {
  /**
   * Refuses a file whose records would lose something.
   *
   * @param stored its columns
   * @throws InvalidMessage with the reason
   */
  void require(StoredFile file, MessageType stored) {
    if (!areChanges && stored.containsField(ChangeColumns.OPERATION)) {
      throw new InvalidMessage(
          "Cannot merge "
              + file.name()
              + ", which landed under another declaration: it holds changes, which merge: cdc"
              + " alone takes");
    }
  }
}
