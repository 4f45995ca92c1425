package io.sluice.formats.json;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.UnknownPolicy;
import io.sluice.formats.row.FlatRow;
import io.sluice.formats.row.RowShape;
import io.sluice.formats.row.RowShredder;
import io.sluice.formats.row.RowTooLarge;
import java.util.function.BiConsumer;

/**
 * JSON objects as rows: what this reads, {@code decode} accepts with the same values; what it does
 * not read may be good or bad. One row is used again for all.
 */
public final class JsonRows {
  private final JsonBytes in = new JsonBytes();
  private final FlatRow row;
  private final JsonUnknown unknown;
  private final JsonReader root;
  private final JsonReader extras;

  /**
   * Compiles a contract. Where it does not leave out unknown fields, a record that has any is not
   * read.
   *
   * @param unknownFields is told of every field of an accepted record that the schema does not
   *     know: the path of the record around it, and its name
   */
  public JsonRows(Contract contract, BiConsumer<String, String> unknownFields) {
    this.row = new FlatRow(RowShape.of(contract.kept()));
    boolean leavesOut = contract.unknown() == UnknownPolicy.IGNORE;
    this.unknown = new JsonUnknown(in, leavesOut ? JsonUnknown.MAX_NOTED : 0, unknownFields);
    JsonReaders readers = new JsonReaders(in, row, unknown, new RowShredder(row));
    this.root = readers.of(row.shape().root(), "");
    this.extras =
        contract.unknown() == UnknownPolicy.CAPTURE
            ? readers.nothing(row.shape().root().types().getLast())
            : repetition -> {};
  }

  /** The row that {@link #read} fills. */
  public FlatRow row() {
    return row;
  }

  /**
   * Reads one record from {@code length} bytes at {@code offset}, which must stay as they are while
   * the row is in use; false when it is not certainly good.
   */
  public boolean read(byte[] bytes, int offset, int length) {
    row.begin(bytes);
    in.begin(bytes, offset, length);
    unknown.begin();
    try {
      root.read(0);
      extras.read(0);
      if (in.next() != -1) {
        return false;
      }
    } catch (StepAside | RowTooLarge e) {
      return false;
    }
    unknown.count();
    return true;
  }
}
