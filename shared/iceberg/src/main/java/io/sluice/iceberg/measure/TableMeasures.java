package io.sluice.iceberg.measure;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.gate.ColumnMeasure.Kind;
import io.sluice.core.gate.ColumnMeasure.Statistic;
import io.sluice.core.gate.ColumnQuestion;
import io.sluice.core.gate.Layer;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.Metric;
import io.sluice.core.gate.RowFilter;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.id.TableName;
import io.sluice.core.port.SnapshotMeasures;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.iceberg.measure.FileStatistics.Placed;
import io.sluice.iceberg.schema.TableEvolution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** The measures of one table's snapshots. */
public final class TableMeasures implements SnapshotMeasures {
  private final Table table;
  private final Pipeline pipeline;
  private final Function<TableName, Optional<Table>> tables;

  /**
   * The measures of the table of {@code pipeline}.
   *
   * @param tables finds other tables of the lake
   */
  public TableMeasures(
      Table table, Pipeline pipeline, Function<TableName, Optional<Table>> tables) {
    this.table = table;
    this.pipeline = pipeline;
    this.tables = tables;
  }

  @Override
  public List<Measurement> measure(SnapshotId snapshot, List<ColumnQuestion> questions) {
    List<Placed> files = added(snapshot);
    CountedRows counted = new CountedRows(table.schema(), ownBatches(snapshot));
    boolean all = files.stream().allMatch(each -> counted.areAll(each.file()));
    FileStatistics statistics = new FileStatistics(table.schema());
    Map<ColumnQuestion, Measurement> answers = new LinkedHashMap<>();
    List<ColumnQuestion> open = new ArrayList<>();
    for (ColumnQuestion question : questions) {
      Optional<Measurement> known = missing(question);
      if (known.isEmpty()
          && all
          && question.where() instanceof RowFilter.All
          && question.measure() instanceof Statistic statistic) {
        known = statistics.find(statistic, files);
      }
      known.ifPresentOrElse(answer -> answers.put(question, answer), () -> open.add(question));
    }
    if (!open.isEmpty()) {
      List<Measurement> found = new ColumnScan(table).run(files, open, counted);
      for (int i = 0; i < open.size(); i++) {
        answers.put(open.get(i), found.get(i));
      }
    }
    return questions.stream().map(answers::get).map(Objects::requireNonNull).toList();
  }

  private Optional<Measurement> missing(ColumnQuestion question) {
    Stream<FieldPath> filtered =
        switch (question.where()) {
          case RowFilter.All ignored -> Stream.empty();
          case RowFilter.Having having -> Stream.of(having.field());
        };
    return missing(Stream.concat(question.measure().fields().stream(), filtered));
  }

  /** What was declared since the table was last written may not be there yet. */
  private Optional<Measurement> missing(Stream<FieldPath> fields) {
    return fields
        .filter(field -> table.schema().findField(field.toString()) == null)
        .findFirst()
        .map(field -> new Measurement.Unknown("the table has no field " + field));
  }

  @Override
  public AddedFiles addedFiles(SnapshotId snapshot) {
    Map<String, Long> rows = new TreeMap<>();
    List<Placed> files = added(snapshot);
    files.forEach(each -> rows.merge(each.partition(), each.file().recordCount(), Long::sum));
    return new AddedFiles(files.size(), rows);
  }

  @Override
  public Totals totals(SnapshotId snapshot) {
    Map<String, String> summary = table.snapshot(snapshot.value()).summary();
    return new Totals(
        number(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP),
        number(summary, SnapshotSummary.TOTAL_RECORDS_PROP)
            - number(summary, SnapshotSummary.TOTAL_POS_DELETES_PROP));
  }

  private static long number(Map<String, String> summary, String name) {
    return Long.parseLong(summary.getOrDefault(name, "0"));
  }

  @Override
  public Measurement newest(SnapshotId snapshot, FieldPath time) {
    return missing(Stream.of(time)).orElseGet(() -> newestOf(snapshot, time));
  }

  private Measurement newestOf(SnapshotId snapshot, FieldPath time) {
    List<Placed> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table
            .newScan()
            .useSnapshot(snapshot.value())
            .includeColumnStats(List.of(time.toString()))
            .planFiles()) {
      tasks.forEach(task -> files.add(new Placed(task.file(), "")));
    } catch (IOException e) {
      throw unreadable(e);
    }
    return new FileStatistics(table.schema())
        .find(new Statistic(Kind.GREATEST, time), files)
        .orElseGet(() -> new Measurement.Unknown("data files keep no greatest value of " + time));
  }

  @Override
  public Measurement unreferenced(SnapshotId snapshot, Layer layer, Metric.Referential reference) {
    Optional<Measurement> unknown = missing(reference.fields().stream());
    if (unknown.isPresent()) {
      return unknown.get();
    }
    Optional<Table> other = tables.apply(TableName.curated(reference.pipeline()));
    if (other.isEmpty() || other.get().currentSnapshot() == null) {
      return new Measurement.Unknown(
          "pipeline " + reference.pipeline() + " has published no table");
    }
    List<String> missing =
        reference.referenced().stream()
            .map(FieldPath::toString)
            .filter(field -> other.get().schema().findField(field) == null)
            .toList();
    if (!missing.isEmpty()) {
      return new Measurement.Unknown(
          "the table of " + reference.pipeline() + " has no field " + missing.getFirst());
    }
    try {
      LongSet wanted =
          layer == Layer.SERVING
              ? new KeyScan(table, reference.fields()).all(snapshot)
              : new KeyScan(table, reference.fields()).of(added(snapshot), ownBatches(snapshot));
      if (wanted.size() > Tally.MOST_DISTINCT) {
        return new Measurement.Unknown("there are more than " + Tally.MOST_DISTINCT + " keys");
      }
      LongSet found =
          new KeyScan(other.get(), reference.referenced())
              .common(wanted, new SnapshotId(other.get().currentSnapshot().snapshotId()));
      int lost = wanted.size() - found.size();
      return new Measurement.Known(
          wanted.size() == 0 ? 0 : (double) lost / wanted.size(),
          lost + " of " + wanted.size() + " keys are not in " + reference.pipeline());
    } catch (IOException e) {
      throw unreadable(e);
    } catch (UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public Optional<String> schemaDifference(SnapshotId snapshot) {
    Integer id = table.snapshot(snapshot.value()).schemaId();
    Schema schema = id == null ? null : table.schemas().get(id);
    List<String> differences =
        new TableEvolution(pipeline, table, schema == null ? table.schema() : schema).differences();
    return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
  }

  private List<Placed> added(SnapshotId snapshot) {
    List<Placed> files = new ArrayList<>();
    for (DataFile file :
        SnapshotChanges.builderFor(table)
            .snapshot(table.snapshot(snapshot.value()))
            .build()
            .addedDataFiles()) {
      files.add(new Placed(file, partition(file)));
    }
    return files;
  }

  /** The batches whose rows the snapshot adds, where its files carry others over. */
  private Set<String> ownBatches(SnapshotId id) {
    Snapshot snapshot = table.snapshot(id.value());
    Set<String> batches = new TreeSet<>();
    if (!"0".equals(snapshot.summary().getOrDefault(SnapshotSummary.DELETED_FILES_PROP, "0"))) {
      Summaries.read(snapshot).accounts().keySet().stream()
          .map(BatchId::value)
          .forEach(batches::add);
    }
    return batches;
  }

  private String partition(ContentFile<?> file) {
    return Objects.requireNonNull(table.specs().get(file.specId()))
        .partitionToPath(file.partition());
  }

  private TransientFailure unreadable(Exception e) {
    return new TransientFailure("Cannot read " + table.name() + ": " + e.getMessage(), e);
  }
}
