package io.sluice.engines;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes the rows of tables as Spark reads them. Each line of the list that it is given is {@code
 * table TAB option TAB value TAB file}, where the option is the read option {@code branch} or
 * {@code versionAsOf}; the rows go to the file, one JSON object each with all columns.
 */
public final class SparkRows {
  private SparkRows() {}

  /**
   * Reads what is listed.
   *
   * @param arguments the JDBC address of the catalog, the folder of the objects, the list
   */
  public static void main(String[] arguments) throws IOException {
    try (SparkSession spark = session(arguments[0], arguments[1])) {
      System.out.println("Spark " + spark.version() + ", Java " + Runtime.version());
      for (String line : Files.readAllLines(Path.of(arguments[2]))) {
        String[] wanted = line.split("\t", -1);
        Dataset<Row> rows =
            spark.read().format("iceberg").option(wanted[1], wanted[2]).load("sluice." + wanted[0]);
        write(rows, Path.of(wanted[3]));
      }
    }
  }

  private static SparkSession session(String catalog, String objects) {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.catalog.sluice", "org.apache.iceberg.spark.SparkCatalog")
        .config("spark.sql.catalog.sluice.type", "jdbc")
        .config("spark.sql.catalog.sluice.uri", catalog)
        .config("spark.sql.catalog.sluice.jdbc.schema-version", "V1")
        .config("spark.sql.catalog.sluice.warehouse", "s3://lake/warehouse")
        .config("spark.sql.catalog.sluice.io-impl", LakeFiles.class.getName())
        .config("spark.sql.catalog.sluice." + LakeFiles.FOLDER, objects)
        .config("spark.sql.catalog.sluice.cache-enabled", "false")
        .getOrCreate();
  }

  private static void write(Dataset<Row> rows, Path file) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      for (Row row : rows.collectAsList()) {
        StringBuilder json = new StringBuilder();
        SparkJson.write(row, json);
        out.println(json);
      }
    }
  }
}
