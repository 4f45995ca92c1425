package io.sluice.iceberg.measure;

import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.FieldPath;

/** A tally of how long texts are, in characters. */
final class LengthTally extends ValueTally {
  private final Bounds bounds;
  private int longest;
  private int shortest = Integer.MAX_VALUE;

  LengthTally(FieldPath field, Bounds bounds) {
    super(field);
    this.bounds = bounds;
  }

  @Override
  void add(ColumnValues values, int value, long rows) {
    String text = values.text(value);
    int length = text.codePointCount(0, text.length());
    longest = Math.max(longest, length);
    shortest = Math.min(shortest, length);
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
    if (shortest > longest) {
      return new Measurement.Nothing("no added row has a value");
    }
    boolean isShortest = bounds.hasLeast() && longest <= bounds.most();
    return new Measurement.Known(
        isShortest ? shortest : longest, "lengths are " + shortest + " to " + longest);
  }
}
