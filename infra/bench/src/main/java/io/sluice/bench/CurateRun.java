package io.sluice.bench;

import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.MergeCounts;
import io.sluice.core.port.CuratedTable.CommitOutcome;
import io.sluice.core.port.CuratedTable.StagedMerge;
import io.sluice.iceberg.merge.KnownKeys;
import io.sluice.iceberg.merge.Merge;
import io.sluice.iceberg.merge.Refusals;
import io.sluice.iceberg.table.IcebergTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/** One measured run in a process of its own; prints lines of a name and what it cost. */
final class CurateRun {
  private static final int BATCH_ROWS = 1_000_000;
  private static final int NEW_ROWS = BATCH_ROWS / 10 * 9;
  private static final int FLUSH_ROWS = 10_000;
  private static final int FLUSHES = 10;

  /** At the third the compilers still work on what the first two were, at the sixth hardly. */
  private static final int PASSES = 6;

  private static final String MAIN = "main";
  private static final String AUDIT = "audit";

  private final Path folder;

  CurateRun(Path folder) {
    this.folder = folder;
  }

  /** Arguments as {@link CurateBench} makes them. */
  public static void main(String[] arguments) throws Exception {
    CurateRun run = new CurateRun(Path.of(arguments[0]));
    switch (arguments[1]) {
      case "upsert" -> run.upsert(arguments[2]);
      case "merge" -> run.merge(Keys.valueOf(arguments[2]), Integer.parseInt(arguments[3]));
      case "large" -> run.large(arguments[2], Integer.parseInt(arguments[3]));
      case "duckdb" ->
          run.duckdb(Keys.valueOf(arguments[2]), Integer.parseInt(arguments[3]), "duckdb");
      case "duckdb-copy" ->
          run.duckdb(Keys.valueOf(arguments[2]), Integer.parseInt(arguments[3]), "duckdb-copy");
      default -> throw new IllegalArgumentException("Invalid run: " + arguments[1]);
    }
  }

  /** Writes the table and the batch, unless they are there. */
  void prepare(Keys keys, int days) throws IOException, InterruptedException {
    BenchLake lake = lake(keys, days);
    lake.fill(keys, days, MAIN);
    batch(lake, keys, days);
  }

  private BenchLake lake(Keys keys, int days) {
    String name = keys.name().toLowerCase(Locale.ROOT) + "-" + days;
    return new BenchLake(folder.resolve(name), "");
  }

  /** One in ten of its keys is in the table: in the last day if clustered, else anywhere. */
  private static LandedBatch batch(BenchLake lake, Keys keys, int days) throws IOException {
    long last = (long) (days - 1) * Keys.ROWS_A_DAY;
    long rows = (long) days * Keys.ROWS_A_DAY;
    return lake.land(
        "batch",
        keys,
        BATCH_ROWS,
        i ->
            keys == Keys.RANDOM && i % 10 < 1
                ? Long.remainderUnsigned(Keys.mix(i), rows)
                : last + i,
        1);
  }

  private void merge(Keys keys, int days) throws IOException {
    BenchLake lake = lake(keys, days);
    LandedBatch batch = batch(lake, keys, days);
    Cost before = new Cost(0, System.nanoTime(), 0);
    Table table = lake.table();
    for (int pass = 0; pass < PASSES; pass++) {
      table.refresh();
      LocalFiles files = (LocalFiles) table.io();
      long head = table.currentSnapshot().snapshotId();
      Merge.Result result =
          new Merge(table, lake.pipeline(), new KnownKeys())
              .run(List.of(batch), OptionalLong.of(head), "pass-" + pass, Refusals.UNASKED);
      Cost after = Cost.now();
      MergeCounts counts = result.accounts().values().iterator().next().merged();
      if (counts.inserted() != NEW_ROWS) {
        throw new IllegalStateException("The merge is wrong: " + counts);
      }
      if (pass == 0 || pass == PASSES - 1) {
        String name = pass == 0 ? "-cold" : "";
        print("dedupe" + name, dedupe(before, files));
        print("merge" + name, after.since(before));
      }
      for (DataFile file : result.added()) {
        files.deleteFile(file.location());
      }
      table = lake.table();
      before = Cost.now();
    }
  }

  /** What it took until the first row was written. */
  private static Cost dedupe(Cost before, LocalFiles files) {
    return files.firstWrite().orElseThrow().since(before);
  }

  private void duckdb(Keys keys, int days, String name) throws SQLException, IOException {
    Path lake = lake(keys, days).folder();
    String join =
        "read_parquet('%s') b ANTI JOIN read_parquet('%s') t USING (order_id)"
            .formatted(
                lake.resolve("batch.parquet"),
                lake.resolve("warehouse/curated/orders/data/**/*.parquet"));
    Path output = folder.resolve("anti-join.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      Cost before = Cost.now();
      if (name.equals("duckdb")) {
        try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + join)) {
          if (!count.next() || count.getLong(1) != NEW_ROWS) {
            throw new IllegalStateException("The join is wrong");
          }
        }
      } else {
        statement.execute(
            "COPY (SELECT b.* FROM %s) TO '%s' (FORMAT parquet, CODEC zstd)"
                .formatted(join, output));
      }
      print(name, Cost.now().since(before));
    }
    Files.deleteIfExists(output);
  }

  private void upsert(String rowChanges) throws IOException, InterruptedException {
    for (int pass = 0; pass < PASSES; pass++) {
      Cost cost = flush(rowChanges);
      if (pass == 0 || pass == PASSES - 1) {
        print("upsert-" + rowChanges + (pass == 0 ? "-cold" : ""), cost);
      }
    }
  }

  /** A tenth of a new table's rows, in ten flushes that are a commit each. */
  private Cost flush(String rowChanges) throws IOException, InterruptedException {
    Path place = folder.resolve("upsert-" + rowChanges);
    delete(place);
    String declared =
        """
          merge: upsert
        storage:
          row_changes: %s
        """
            .formatted(rowChanges);
    BenchLake lake = new BenchLake(place, declared);
    lake.fill(Keys.RANDOM, 1, AUDIT);
    List<LandedBatch> flushes = new ArrayList<>();
    for (int flush = 0; flush < FLUSHES; flush++) {
      int number = flush;
      flushes.add(
          lake.land(
              "flush-" + flush,
              Keys.RANDOM,
              FLUSH_ROWS,
              i -> (i * FLUSHES + number) * 10 + (i % 10),
              10));
    }
    IcebergTable table = lake.curated();
    Cost before = Cost.now();
    for (LandedBatch flush : flushes) {
      StagedMerge merge = table.stage(table.head(), List.of(flush));
      MergeCounts counts = merge.accounts().values().iterator().next().merged();
      if (counts.updated() != FLUSH_ROWS
          || !(table.commit(merge) instanceof CommitOutcome.Committed)) {
        throw new IllegalStateException("The upsert is wrong: " + counts);
      }
    }
    return Cost.now().since(before);
  }

  /** One batch of so many days, of whose keys a tenth of the first day's is in the table. */
  private void large(String mode, int days) throws IOException, InterruptedException {
    String declared = mode.equals("append") ? "" : "  merge: " + mode + "\n";
    BenchLake lake = new BenchLake(folder.resolve("large-" + mode), declared);
    lake.fill(Keys.CLUSTERED, 1, MAIN);
    LandedBatch batch =
        lake.land("batch-" + days, Keys.CLUSTERED, days * Keys.ROWS_A_DAY, i -> i, 1);
    Cost before = Cost.now();
    Table table = lake.table();
    Merge.Result result =
        new Merge(table, lake.pipeline(), new KnownKeys())
            .run(
                List.of(batch),
                OptionalLong.of(table.currentSnapshot().snapshotId()),
                "large",
                Refusals.UNASKED);
    print("large-" + mode, Cost.now().since(before));
    for (DataFile file : result.added()) {
      table.io().deleteFile(file.location());
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted(Comparator.reverseOrder()).forEach(CurateRun::deleteOne);
      }
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void print(String name, Cost cost) {
    System.out.printf(
        Locale.ROOT,
        "%s %d %d %d %d%n",
        name,
        cost.cpuNanos(),
        cost.wallNanos(),
        cost.readBytes(),
        Cost.peakHeapBytes());
  }
}
