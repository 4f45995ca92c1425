package io.sluice.iceberg.measure;

import io.sluice.core.failure.TransientFailure;
import io.sluice.core.gate.ColumnMeasure.Kind;
import io.sluice.core.gate.ColumnMeasure.Statistic;
import io.sluice.core.gate.ColumnMeasure.Uniqueness;
import io.sluice.core.gate.ColumnQuestion;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.RowFilter;
import io.sluice.core.id.FieldPath;
import io.sluice.formats.parquet.ParquetFiles;
import io.sluice.iceberg.measure.FileStatistics.Placed;
import io.sluice.iceberg.schema.TableShape;
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
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.jspecify.annotations.Nullable;

/**
 * Answers many questions with one pass over the columns that they need, a column of a row group at
 * a time: from the footer and the dictionary where these say enough, else from the values.
 */
final class ColumnScan {
  private static final FieldPath BATCH = FieldPath.parse(TableShape.BATCH);

  private final Table table;
  private final Schema schema;

  ColumnScan(Table table) {
    this.table = table;
    this.schema = table.schema();
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
   * @param batches of which batches rows count; all when there are none
   */
  List<Measurement> run(List<Placed> files, List<ColumnQuestion> questions, Set<String> batches) {
    Map<ColumnQuestion, Asked> tallies = new LinkedHashMap<>();
    for (ColumnQuestion each : questions) {
      tallies.computeIfAbsent(
          shared(each), question -> new Asked(question, Tally.of(question.measure())));
    }
    List<Asked> asked = List.copyOf(tallies.values());
    try {
      for (Placed file : files) {
        asked.forEach(each -> each.tally().in(file.partition()));
        read(file, asked, batches);
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

  private void read(Placed file, List<Asked> asked, Set<String> batches) throws IOException {
    ParquetSource source =
        new ParquetSource(
            table.io().newInputFile(file.file().location(), file.file().fileSizeInBytes()));
    try (ParquetFileReader reader = ParquetFileReader.open(source, ParquetFiles.anyCodec())) {
      for (int group = 0; group < reader.getFooter().getBlocks().size(); group++) {
        read(new RowGroup(reader, group, schema), asked, batches);
      }
    }
  }

  private static void read(RowGroup group, List<Asked> asked, Set<String> batches)
      throws IOException {
    List<Asked> open = new ArrayList<>();
    for (Asked each : asked) {
      if (!each.isOfAllRows() || !batches.isEmpty() || !isSettled(group, each)) {
        open.add(each);
      }
    }
    group.read(needed(open, !batches.isEmpty()));
    BitSet own = batches.isEmpty() || open.isEmpty() ? null : having(group, BATCH, batches);
    Map<RowFilter, BitSet> rows = new HashMap<>();
    for (Asked each : open) {
      each.tally().add(group, rows(group, each.question().where(), own, rows));
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

  private static Collection<FieldPath> needed(List<Asked> asked, boolean withBatch) {
    Set<FieldPath> fields = new LinkedHashSet<>();
    for (Asked each : asked) {
      fields.addAll(each.question().measure().fields());
      if (each.question().where() instanceof RowFilter.Having having) {
        fields.add(having.field());
      }
    }
    if (withBatch && !asked.isEmpty()) {
      fields.add(BATCH);
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
                BitSet rows = having(group, having.field(), having.values());
                if (own != null) {
                  rows.and(own);
                }
                return rows;
              });
    };
  }

  private static BitSet having(RowGroup group, FieldPath field, Set<String> wanted) {
    ColumnValues values = group.values(field);
    boolean[] isWanted = new boolean[values.size()];
    for (int value = 0; value < isWanted.length; value++) {
      isWanted[value] = wanted.contains(values.text(value));
    }
    BitSet rows = new BitSet(group.rows());
    for (int row = 0; row < group.rows(); row++) {
      int code = values.code(row);
      if (code != ColumnValues.NULL && isWanted[code]) {
        rows.set(row);
      }
    }
    return rows;
  }
}
