package io.sluice.iceberg.measure;

import com.google.re2j.Pattern;
import io.sluice.core.gate.Bounds;
import io.sluice.core.gate.ColumnMeasure;
import io.sluice.core.gate.Distribution;
import io.sluice.core.gate.Measurement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** The answer to one question, row by row. */
abstract class Tally {
  /**
   * How many different values are told apart: their hashes take 256 MiB at the most. Columns of
   * more are not counted, and say so.
   */
  static final int MOST_DISTINCT = 1 << 24;

  /** The rows that follow are of this partition. */
  void in(String partition) {}

  abstract void add(Record row);

  abstract Measurement result();

  /** The tally of {@code measure} over rows of {@code projection}. */
  static Tally of(ColumnMeasure measure, Schema projection) {
    Column column = new Column(projection, measure.fields().getFirst());
    return switch (measure) {
      case ColumnMeasure.Statistic statistic ->
          switch (statistic.kind()) {
            case NULL_RATE -> new Nulls(column);
            case DISTINCT -> new Keys(List.of(column), false);
            case LEAST -> new Extreme(column, -1);
            case GREATEST -> new Extreme(column, 1);
            case MEAN -> new Mean(column);
          };
      case ColumnMeasure.InSet set -> new Matches(column, new SetTest(set.values())::contains);
      case ColumnMeasure.Matching matching ->
          new Matches(column, new PatternTest(Pattern.compile(matching.pattern()))::matches);
      case ColumnMeasure.Length length -> new Lengths(column, length.bounds());
      case ColumnMeasure.Uniqueness unique ->
          new Keys(
              unique.fields().stream().map(field -> new Column(projection, field)).toList(), true);
      case ColumnMeasure.Before before -> new Earlier(column, Values.seconds(before.time()));
      case ColumnMeasure.Spread ignored -> new Buckets(column);
    };
  }

  /** A tally that counts rows which are bad among those that count. */
  private abstract static class Share extends Tally {
    final Shares shares = new Shares();

    @Override
    void in(String partition) {
      shares.in(partition);
    }
  }

  private static final class Nulls extends Share {
    private final Column column;

    Nulls(Column column) {
      this.column = column;
    }

    @Override
    void add(Record row) {
      shares.count(column.of(row) == null);
    }

    @Override
    Measurement result() {
      return shares.bad(" added rows");
    }
  }

  private interface Test {
    boolean passes(Object value);
  }

  private record SetTest(Set<String> values) {
    boolean contains(Object value) {
      return values.contains(Values.text(value));
    }
  }

  private static final class PatternTest {
    /** Columns of few values are matched once for each. */
    private static final int MOST_KNOWN = 1 << 10;

    private final Pattern pattern;
    private final Map<String, Boolean> known = new HashMap<>();

    PatternTest(Pattern pattern) {
      this.pattern = pattern;
    }

    boolean matches(Object value) {
      String text = Values.text(value);
      Boolean seen = known.get(text);
      if (seen != null) {
        return seen;
      }
      boolean matches = pattern.matches(text);
      if (known.size() < MOST_KNOWN) {
        known.put(text, matches);
      }
      return matches;
    }
  }

  private static final class Matches extends Share {
    private final Column column;
    private final Test test;

    Matches(Column column, Test test) {
      this.column = column;
      this.test = test;
    }

    @Override
    void add(Record row) {
      Object value = column.of(row);
      if (value != null) {
        shares.count(!test.passes(value));
      }
    }

    @Override
    Measurement result() {
      return shares.good(" added values");
    }
  }

  private static final class Earlier extends Share {
    private final Column column;
    private final double seconds;

    Earlier(Column column, double seconds) {
      this.column = column;
      this.seconds = seconds;
    }

    @Override
    void add(Record row) {
      Object value = column.of(row);
      if (value != null) {
        shares.count(Values.number(value) < seconds);
      }
    }

    @Override
    Measurement result() {
      return shares.bad(" added rows");
    }
  }

  /** Different keys: how many, or their share of the rows. */
  private static final class Keys extends Tally {
    private final List<Column> columns;
    private final boolean asShare;
    private final LongSet seen = new LongSet();
    private long rows;

    Keys(List<Column> columns, boolean asShare) {
      this.columns = columns;
      this.asShare = asShare;
    }

    @Override
    void add(Record row) {
      long key = 0;
      for (Column column : columns) {
        Object value = column.of(row);
        if (value == null) {
          return;
        }
        key = Values.combine(key, Values.hash(value));
      }
      rows++;
      if (seen.size() <= MOST_DISTINCT) {
        seen.add(key);
      }
    }

    @Override
    Measurement result() {
      if (seen.size() > MOST_DISTINCT) {
        return new Measurement.Unknown("there are more than " + MOST_DISTINCT + " values");
      }
      double value = !asShare ? seen.size() : rows == 0 ? 1 : (double) seen.size() / rows;
      return new Measurement.Known(value, seen.size() + " different of " + rows + " added values");
    }
  }

  private static final class Extreme extends Tally {
    private final Column column;
    private final int sign;
    private double extreme = Double.NaN;

    Extreme(Column column, int sign) {
      this.column = column;
      this.sign = sign;
    }

    @Override
    void add(Record row) {
      Object value = column.of(row);
      double number = value == null ? Double.NaN : Values.number(value);
      if (!Double.isNaN(number) && !(number * sign <= extreme * sign)) {
        extreme = number;
      }
    }

    @Override
    Measurement result() {
      return Double.isNaN(extreme)
          ? new Measurement.Nothing("no added row has a value")
          : new Measurement.Known(extreme, "of the added rows");
    }
  }

  private static final class Mean extends Tally {
    private final Column column;
    private double sum;
    private double lost;
    private long values;

    Mean(Column column) {
      this.column = column;
    }

    /** Kahan's sum, which millions of rows do not blur. */
    @Override
    void add(Record row) {
      Object value = column.of(row);
      if (value != null) {
        double next = Values.number(value) - lost;
        double more = sum + next;
        lost = more - sum - next;
        sum = more;
        values++;
      }
    }

    @Override
    Measurement result() {
      if (values == 0) {
        return new Measurement.Nothing("no added row has a value");
      }
      double mean = sum / values;
      return Double.isNaN(mean)
          ? new Measurement.Unknown("there is no mean of " + values + " added values")
          : new Measurement.Known(mean, "of " + values + " added values");
    }
  }

  private static final class Lengths extends Tally {
    private final Column column;
    private final Bounds bounds;
    private int longest;
    private int shortest = Integer.MAX_VALUE;

    Lengths(Column column, Bounds bounds) {
      this.column = column;
      this.bounds = bounds;
    }

    @Override
    void add(Record row) {
      Object value = column.of(row);
      if (value != null) {
        String text = Values.text(value);
        int length = text.codePointCount(0, text.length());
        longest = Math.max(longest, length);
        shortest = Math.min(shortest, length);
      }
    }

    @Override
    Measurement result() {
      if (shortest > longest) {
        return new Measurement.Nothing("no added row has a value");
      }
      boolean isShortest = bounds.hasLeast() && longest <= bounds.most();
      return new Measurement.Known(
          isShortest ? shortest : longest, "lengths are " + shortest + " to " + longest);
    }
  }

  private static final class Buckets extends Tally {
    private final Column column;
    private final Map<Integer, long[]> counts = new HashMap<>();
    private long rows;

    Buckets(Column column) {
      this.column = column;
    }

    @Override
    void add(Record row) {
      counts.computeIfAbsent(bucket(column.of(row)), ignored -> new long[1])[0]++;
      rows++;
    }

    private static int bucket(@Nullable Object value) {
      if (value == null) {
        return Distribution.NULLS;
      }
      double number = Values.number(value);
      return Double.isNaN(number)
          ? Distribution.bucketOfHash(Values.hash(value))
          : Distribution.bucketOf(number);
    }

    @Override
    Measurement result() {
      TreeMap<Integer, Long> copy = new TreeMap<>();
      counts.forEach((bucket, count) -> copy.put(bucket, count[0]));
      return new Measurement.Known(rows, rows + " added rows", List.of(), new Distribution(copy));
    }
  }
}
