package io.sluice.bench;

import io.sluice.contracts.pipeline.ContractTexts;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.pipeline.PipelineReader;
import io.sluice.contracts.registry.Subject;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.formats.parquet.RawBatchWriter;
import io.sluice.iceberg.catalog.CatalogSettings;
import io.sluice.iceberg.merge.RowFiles;
import io.sluice.iceberg.schema.TableShape;
import io.sluice.iceberg.table.IcebergTable;
import io.sluice.iceberg.table.IcebergTables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongUnaryOperator;
import org.apache.avro.generic.GenericData;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;

/** A lake in a folder: one table of made-up orders, a million for each day, and batches for it. */
final class BenchLake {
  private static final String CONTRACT =
      """
      {"type":"record","name":"Order","namespace":"bench","fields":[
      {"name":"order_id","type":"string"},
      {"name":"ordered_at","type":{"type":"long","logicalType":"timestamp-micros"}},
      {"name":"user_id","type":"long"},
      {"name":"amount","type":"double"},
      {"name":"region","type":"string"}]}
      """;

  private static final String[] REGIONS = {"eu-west-1", "eu-central-1", "us-east-1", "ap-south-1"};

  private final Path folder;
  private final Pipeline pipeline;
  private final CatalogSettings settings;

  /** The lake in {@code folder}, whose table is made with {@code merge}, lines of a declaration. */
  BenchLake(Path folder, String merge) {
    this.folder = folder;
    this.pipeline = PipelineReader.read(declaration(merge), "pipeline.yaml", new Texts());
    this.settings =
        new CatalogSettings(
            CatalogSettings.Kind.JDBC,
            "jdbc:sqlite:" + folder.resolve("catalog.db"),
            LocalFiles.BUCKET + "warehouse",
            Map.of(
                CatalogProperties.FILE_IO_IMPL,
                LocalFiles.class.getName(),
                LocalFiles.FOLDER,
                folder.toString()));
  }

  private static String declaration(String merge) {
    return """
        pipeline: { name: orders }
        ingestion: { contract: contract.avsc }
        transformation:
          idempotency_key: [order_id]
          event_time: ordered_at
          partitions: [partition_date]
        """
        + merge;
  }

  private record Texts() implements ContractTexts {
    @Override
    public Optional<String> file(String name) {
      return Optional.of(CONTRACT);
    }

    @Override
    public Optional<String> registered(Subject subject, String registry) {
      return Optional.empty();
    }
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Path folder() {
    return folder;
  }

  /** The table as curate sees it. */
  IcebergTable curated() {
    return new IcebergTables(settings, "bench").open(pipeline);
  }

  /** The table as Iceberg sees it. */
  Table table() {
    Catalog catalog = settings.open();
    return catalog.loadTable(
        TableIdentifier.of(pipeline.table().namespace(), pipeline.table().name()));
  }

  /** Makes the table with {@code days} days of orders, unless it is there. */
  void fill(Keys keys, int days, String branch) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    curated();
    Table table = table();
    if (!table.refs().containsKey(branch)) {
      AppendFiles append = table.newAppend().toBranch(branch);
      write(table, keys, days).forEach(append::appendFile);
      append.commit();
    }
  }

  private static List<DataFile> write(Table table, Keys keys, int days)
      throws IOException, InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    List<DataFile> files = new ArrayList<>();
    try (ExecutorService writers = Executors.newFixedThreadPool(processors)) {
      List<Future<List<DataFile>>> writes = new ArrayList<>();
      for (int day = 0; day < days; day++) {
        int number = day;
        writes.add(writers.submit(() -> day(table, keys, number)));
      }
      for (Future<List<DataFile>> write : writes) {
        files.addAll(write.get());
      }
    } catch (ExecutionException e) {
      throw new IOException("Cannot write the table: " + e.getCause(), e);
    }
    return files;
  }

  private static List<DataFile> day(Table table, Keys keys, int day) throws IOException {
    try (RowFiles files = new RowFiles(table, "day-" + day, Keys.ROWS_A_DAY)) {
      GenericRecord row = GenericRecord.create(table.schema());
      long first = (long) day * Keys.ROWS_A_DAY;
      for (long number = first; number < first + Keys.ROWS_A_DAY; number++) {
        row.setField("order_id", keys.key(number, 0));
        row.setField(
            "ordered_at",
            Instant.EPOCH.plus(Keys.micros(number), ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
        row.setField("user_id", Keys.mix(number) >>> 44);
        row.setField("amount", amount(number));
        row.setField("region", REGIONS[(int) number & 3]);
        row.setField(TableShape.BATCH, "day-" + day);
        row.setField(TableShape.ORDINAL, number - first);
        byte[] hash =
            ByteBuffer.allocate(TableShape.HASH_BYTES)
                .putLong(Keys.mix(~number))
                .putLong(Keys.mix(number + 1))
                .array();
        row.setField(TableShape.HASH, hash);
        files.add(row);
      }
      return files.finish();
    }
  }

  private static double amount(long number) {
    return (Keys.mix(number) >>> 40) / 100.0;
  }

  /**
   * Lands a batch, unless it is there.
   *
   * @param numbers the number of the order that is the batch's {@code i}th
   * @param known how many of every ten have the key that this order has in the table
   */
  LandedBatch land(String name, Keys keys, int rows, LongUnaryOperator numbers, int known)
      throws IOException {
    ObjectName raw = new ObjectName("bench", name + ".parquet");
    Files.createDirectories(folder);
    if (!Files.exists(folder.resolve(raw.key()))) {
      write(raw, keys, rows, numbers, known);
    }
    StoredFile stored = new StoredFile(raw, rows, Files.size(folder.resolve(raw.key())));
    return new LandedBatch(new ObjectName("bench", name + ".json"), manifest(name, stored));
  }

  private void write(ObjectName raw, Keys keys, int rows, LongUnaryOperator numbers, int known) {
    try (RawBatchWriter writer =
        new RawBatchWriter(new FileUploads(folder), raw, pipeline.contract())) {
      GenericData.Record row = new GenericData.Record(pipeline.contract().schema());
      for (int i = 0; i < rows; i++) {
        long number = numbers.applyAsLong(i);
        row.put("order_id", keys.key(number, i % 10 < known ? 0 : 1));
        row.put("ordered_at", Keys.micros(number));
        row.put("user_id", Keys.mix(number) >>> 44);
        row.put("amount", amount(number));
        row.put("region", REGIONS[(int) number & 3]);
        writer.append(row, i);
      }
      writer.complete();
    }
  }

  private Manifest manifest(String name, StoredFile raw) {
    SourceObject source = new SourceObject(new ObjectName("bench", name + ".ndjson"), "1");
    Instant modified = Keys.START.plus(Duration.ofDays(1000));
    return new Manifest(
        BatchId.of(pipeline.name(), source),
        pipeline.name(),
        source,
        raw.sizeBytes(),
        modified,
        modified,
        pipeline.contract().fingerprint(),
        "bench",
        new LandStatus.Accepted(),
        new LandCounts(raw.rows(), raw.rows(), 0),
        Map.of(),
        Map.of(),
        List.of(raw),
        List.of());
  }
}
