package io.sluice.iceberg.measure;

import io.sluice.core.failure.TransientFailure;
import io.sluice.core.gate.ColumnQuestion;
import io.sluice.core.gate.Measurement;
import io.sluice.core.gate.RowFilter;
import io.sluice.core.id.FieldPath;
import io.sluice.iceberg.measure.FileStatistics.Placed;
import io.sluice.iceberg.schema.TableShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/** Answers many questions with one pass over the columns that they need. */
final class ColumnScan {
  private final Table table;

  ColumnScan(Table table) {
    this.table = table;
  }

  /** A question, and who counts its rows. */
  private record Asked(Test where, Tally tally) {}

  private interface Test {
    boolean passes(Record row);
  }

  /**
   * The answers, in the order of the questions.
   *
   * @param batches of which batches rows count; all when there are none
   */
  List<Measurement> run(List<Placed> files, List<ColumnQuestion> questions, Set<String> batches) {
    Schema projection = projection(questions, !batches.isEmpty());
    List<Asked> asked = new ArrayList<>();
    for (ColumnQuestion question : questions) {
      asked.add(
          new Asked(test(question.where(), projection), Tally.of(question.measure(), projection)));
    }
    try {
      for (Placed file : files) {
        asked.forEach(each -> each.tally().in(file.partition()));
        read(file, projection, batches, asked);
      }
    } catch (IOException e) {
      throw unreadable(e);
    } catch (UncheckedIOException e) {
      throw unreadable(e);
    }
    return asked.stream().map(each -> each.tally().result()).toList();
  }

  /** Hands every row of {@code file} to those who count it. */
  private void read(Placed file, Schema projection, Set<String> batches, List<Asked> asked)
      throws IOException {
    Column batch = batches.isEmpty() ? null : new Column(projection, batchColumn());
    try (CloseableIterable<Record> rows = rows(file, projection)) {
      for (Record row : rows) {
        if (batch == null || batches.contains(String.valueOf(batch.of(row)))) {
          for (Asked each : asked) {
            if (each.where().passes(row)) {
              each.tally().add(row);
            }
          }
        }
      }
    }
  }

  private CloseableIterable<Record> rows(Placed file, Schema projection) {
    return Parquet.read(
            table.io().newInputFile(file.file().location(), file.file().fileSizeInBytes()))
        .project(projection)
        .createReaderFunc(stored -> GenericParquetReaders.buildReader(projection, stored))
        .reuseContainers()
        .build();
  }

  private Schema projection(List<ColumnQuestion> questions, boolean withBatch) {
    Set<String> names = new TreeSet<>();
    for (ColumnQuestion question : questions) {
      question.measure().fields().forEach(field -> names.add(field.toString()));
      if (question.where() instanceof RowFilter.Having having) {
        names.add(having.field().toString());
      }
    }
    if (withBatch) {
      names.add(TableShape.BATCH);
    }
    return table.schema().select(new ArrayList<>(names));
  }

  private static Test test(RowFilter filter, Schema projection) {
    return switch (filter) {
      case RowFilter.All ignored -> row -> true;
      case RowFilter.Having having -> {
        Column column = new Column(projection, having.field());
        yield row -> {
          Object value = column.of(row);
          return value != null && having.values().contains(Values.text(value));
        };
      }
    };
  }

  private static FieldPath batchColumn() {
    return FieldPath.parse(TableShape.BATCH);
  }

  private TransientFailure unreadable(Exception e) {
    return new TransientFailure(
        "Cannot read data files of " + table.name() + ": " + e.getMessage(), e);
  }
}
