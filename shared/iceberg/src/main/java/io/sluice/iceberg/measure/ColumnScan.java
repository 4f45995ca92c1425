package io.sluice.iceberg.measure;

import io.sluice.core.failure.TransientFailure;
import io.sluice.core.gate.ColumnMeasure.Kind;
import io.sluice.core.gate.ColumnMeasure.Statistic;
import io.sluice.core.gate.ColumnMeasure.Uniqueness;
import io.sluice.core.gate.ColumnQuestion;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.RowFilter;
import io.sluice.core.id.FieldPath;
import io.sluice.iceberg.measure.FileStatistics.Placed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * Answers many questions with one pass over the columns that they need, a column of a row group at
 * a time: from the footer and the dictionary where these say enough, else from the values.
 */
final class ColumnScan {
  private final Table table;

  ColumnScan(Table table) {
    this.table = table;
  }

  /** A question, and who counts for it. */
  private record Asked(ColumnQuestion question, Tally tally) {
    boolean isOfAllRows() {
      return question.where() instanceof RowFilter.All;
    }
  }

  /**
   * The answers, in the order of the questions.
   *
   * @param counted which rows count
   */
  List<Measurement> run(List<Placed> files, List<ColumnQuestion> questions, CountedRows counted) {
    Map<ColumnQuestion, Asked> tallies = new LinkedHashMap<>();
    for (ColumnQuestion each : questions) {
      tallies.computeIfAbsent(
          shared(each), question -> new Asked(question, Tally.of(question.measure())));
    }
    List<Asked> asked = List.copyOf(tallies.values());
    try {
      for (Placed file : files) {
        asked.forEach(each -> each.tally().in(file.partition()));
        read(file.file(), asked, counted);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new TransientFailure(
          "Cannot read data files of " + table.name() + ": " + e.getMessage(), e);
    }
    return questions.stream()
        .map(
            each ->
                Objects.requireNonNull(tallies.get(shared(each))).tally().result(each.measure()))
        .toList();
  }

  /**
   * The question whose tally answers this one too: how many values there are is a part of another.
   */
  private static ColumnQuestion shared(ColumnQuestion question) {
    return question.measure() instanceof Statistic statistic && statistic.kind() == Kind.DISTINCT
        ? new ColumnQuestion(new Uniqueness(statistic.fields()), question.where())
        : question;
  }

  private void read(DataFile file, List<Asked> asked, CountedRows counted) throws IOException {
    boolean all = counted.areAll(file);
    RowGroup.each(
        table,
        file,
        group -> {
          List<Asked> open = new ArrayList<>();
          for (Asked each : asked) {
            if (!each.isOfAllRows() || !all || !isSettled(group, each)) {
              open.add(each);
            }
          }
          if (!open.isEmpty()) {
            group.read(needed(open, counted.fields(file)));
            count(group, open, counted.of(group, file));
          }
        });
  }

  private static void count(RowGroup group, List<Asked> open, @Nullable BitSet counted) {
    Map<RowFilter, BitSet> rows = new HashMap<>();
    for (Asked each : open) {
      each.tally().add(group, rows(group, each.question().where(), counted, rows));
    }
  }

  /** Whether footer and dictionary say all that the question wants of this row group. */
  private static boolean isSettled(RowGroup group, Asked asked) throws IOException {
    List<FieldPath> fields = asked.question().measure().fields();
    Optional<Long> nulls = fields.size() == 1 ? group.nulls(fields.getFirst()) : Optional.empty();
    if (nulls.isEmpty()) {
      return false;
    }
    Optional<ColumnValues> values = group.dictionary(fields.getFirst());
    return values.isPresent()
        && asked.tally().isSettled(values.get(), group.rows() - nulls.get(), nulls.get());
  }

  private static Collection<FieldPath> needed(List<Asked> asked, Set<FieldPath> counting) {
    Set<FieldPath> fields = new LinkedHashSet<>(counting);
    for (Asked each : asked) {
      fields.addAll(each.question().measure().fields());
      if (each.question().where() instanceof RowFilter.Having having) {
        fields.add(having.field());
      }
    }
    return fields;
  }

  /** The rows that {@code filter} lets through; null for all. */
  private static @Nullable BitSet rows(
      RowGroup group, RowFilter filter, @Nullable BitSet own, Map<RowFilter, BitSet> known) {
    return switch (filter) {
      case RowFilter.All ignored -> own;
      case RowFilter.Having having ->
          known.computeIfAbsent(
              having,
              ignored -> {
                BitSet rows = CountedRows.having(group, having.field(), having.values());
                if (own != null) {
                  rows.and(own);
                }
                return rows;
              });
    };
  }
}
