package io.sluice.iceberg.measure;

import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.FieldPath;

/** Tallies of a column's numbers; times are seconds since 1970. */
final class NumberTally {
  private NumberTally() {}

  /** The least or the greatest. */
  static final class Extreme extends ValueTally {
    private final int sign;
    private double extreme = Double.NaN;

    /** The greatest where {@code sign} is 1, the least where it is -1. */
    Extreme(FieldPath field, int sign) {
      super(field);
      this.sign = sign;
    }

    @Override
    void add(ColumnValues values, int value, long rows) {
      double number = values.number(value);
      if (!Double.isNaN(number) && !(number * sign <= extreme * sign)) {
        extreme = number;
      }
    }

    @Override
    public boolean isSettled(ColumnValues values, long rows, long nulls) {
      for (int value = 0; value < values.size(); value++) {
        add(values, value, 1);
      }
      return true;
    }

    @Override
    public Measurement result(ColumnMeasure asked) {
      return Double.isNaN(extreme)
          ? new Measurement.Nothing("no added row has a value")
          : new Measurement.Known(extreme, "of the added rows");
    }
  }

  /** The arithmetic mean. */
  static final class Mean extends ValueTally {
    private double sum;
    private double lost;
    private long count;

    Mean(FieldPath field) {
      super(field);
    }

    /** Kahan's sum, which millions of rows do not blur. */
    @Override
    void add(ColumnValues values, int value, long rows) {
      double next = values.number(value) * rows - lost;
      double more = sum + next;
      lost = more - sum - next;
      sum = more;
      count += rows;
    }

    @Override
    public Measurement result(ColumnMeasure asked) {
      if (count == 0) {
        return new Measurement.Nothing("no added row has a value");
      }
      double mean = sum / count;
      return Double.isNaN(mean)
          ? new Measurement.Unknown("there is no mean of " + count + " added values")
          : new Measurement.Known(mean, "of " + count + " added values");
    }
  }
}
