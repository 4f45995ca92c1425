package io.sluice.iceberg.measure;

import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.FieldPath;

/** A tally of the share of rows whose value is bad. */
abstract class ShareTally extends ValueTally {
  final Shares shares = new Shares();
  private final Test isBad;

  private ShareTally(FieldPath field, Test isBad) {
    super(field);
    this.isBad = isBad;
  }

  /** Says something of a value. */
  interface Test {
    boolean passes(ColumnValues values, int value);
  }

  @Override
  public void in(String partition) {
    shares.in(partition);
  }

  @Override
  void add(ColumnValues values, int value, long rows) {
    shares.count(isBad.passes(values, value) ? rows : 0, rows);
  }

  /** All are alike, or it matters how many rows have which. */
  @Override
  public boolean isSettled(ColumnValues values, long rows, long nulls) {
    int bad = 0;
    for (int value = 0; value < values.size(); value++) {
      bad += isBad.passes(values, value) ? 1 : 0;
    }
    boolean isAlike = bad == 0 || bad == values.size();
    if (isAlike) {
      shares.count(bad == 0 ? 0 : rows, rows);
      addNulls(nulls);
    }
    return isAlike;
  }

  /** Rows without a value are bad, others are not. */
  static final class Nulls extends ShareTally {
    Nulls(FieldPath field) {
      super(field, (values, value) -> false);
    }

    @Override
    void addNulls(long rows) {
      shares.count(rows, rows);
    }

    @Override
    public Measurement result(ColumnMeasure asked) {
      return shares.bad(" added rows");
    }
  }

  /** Values that do not match are bad; nulls do not count. */
  static final class Matches extends ShareTally {
    Matches(FieldPath field, Test matches) {
      super(field, (values, value) -> !matches.passes(values, value));
    }

    @Override
    public Measurement result(ColumnMeasure asked) {
      return shares.good(" added values");
    }
  }

  /** Times before another are bad; nulls do not count. */
  static final class Earlier extends ShareTally {
    Earlier(FieldPath field, double seconds) {
      super(field, (values, value) -> values.number(value) < seconds);
    }

    @Override
    public Measurement result(ColumnMeasure asked) {
      return shares.bad(" added rows");
    }
  }
}
