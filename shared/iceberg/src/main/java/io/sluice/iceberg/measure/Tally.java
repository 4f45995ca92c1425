package io.sluice.iceberg.measure;

import com.google.re2j.Pattern;
import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.FieldPath;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to one question, row group by row group. */
interface Tally {
  /**
   * How many different values are told apart: their hashes take 256 MiB at the most. Columns of
   * more are not counted, and say so.
   */
  int MOST_DISTINCT = 1 << 24;

  /** The rows that follow are of this partition. */
  default void in(String partition) {}

  /**
   * Takes a whole row group of which it is known which values there are, each at least once, but
   * not how often. Takes nothing, and says so, where that is not enough.
   *
   * @param rows how many rows have a value
   * @param nulls how many have none
   */
  boolean isSettled(ColumnValues values, long rows, long nulls);

  /**
   * Takes the rows of a row group of which the columns are read.
   *
   * @param rows those that count; null for all
   */
  void add(RowGroup group, @Nullable BitSet rows);

  /** What it comes to, for a question that it is the tally of. */
  Measurement result(ColumnMeasure asked);

  /** The tally of {@code measure}. */
  static Tally of(ColumnMeasure measure) {
    FieldPath field = measure.fields().getFirst();
    return switch (measure) {
      case ColumnMeasure.Statistic statistic ->
          switch (statistic.kind()) {
            case NULL_RATE -> new ShareTally.Nulls(field);
            case DISTINCT -> new KeyTally(List.of(field));
            case LEAST -> new NumberTally.Extreme(field, -1);
            case GREATEST -> new NumberTally.Extreme(field, 1);
            case MEAN -> new NumberTally.Mean(field);
          };
      case ColumnMeasure.InSet set ->
          new ShareTally.Matches(
              field, (values, value) -> set.values().contains(values.text(value)));
      case ColumnMeasure.Matching matching -> {
        Pattern pattern = Pattern.compile(matching.pattern());
        yield new ShareTally.Matches(field, (values, value) -> pattern.matches(values.text(value)));
      }
      case ColumnMeasure.Before before -> {
        double seconds = Values.seconds(before.time());
        yield new ShareTally.Earlier(field, seconds);
      }
      case ColumnMeasure.Length length -> new LengthTally(field, length.bounds());
      case ColumnMeasure.Uniqueness unique -> new KeyTally(unique.fields());
      case ColumnMeasure.Spread ignored -> new SpreadTally(field);
    };
  }
}
