package io.sluice.bench;

import com.sun.management.OperatingSystemMXBean;
import io.sluice.contracts.pipeline.Limits;
import io.sluice.core.id.ObjectName;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.parquet.RawBatchWriter;
import io.sluice.formats.record.NdjsonRecords;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** One measured run in a process of its own; prints CPU seconds, wall seconds and bytes written. */
final class Measured {
  private static final double NANOS = 1e9;

  private Measured() {}

  /**
   * Arguments: {@code land|land-warm|duckdb|stream}, the input file, the output file, threads. For
   * {@code stream} the first is a number of MiB, which are made as they are read.
   */
  public static void main(String[] arguments) throws Exception {
    Path input = Path.of(arguments[1]);
    Path output = Path.of(arguments[2]);
    long wallStart = System.nanoTime();
    double spent =
        switch (arguments[0]) {
          case "land" -> {
            land(input, output);
            yield cpuSeconds();
          }
          case "land-warm" -> {
            land(input, output);
            double before = cpuSeconds();
            wallStart = System.nanoTime();
            land(input, output);
            yield cpuSeconds() - before;
          }
          case "stream" -> {
            long bytes = Long.parseLong(arguments[1]) << 20;
            land(new RepeatedEvents(bytes), output);
            yield cpuSeconds();
          }
          case "duckdb" -> duckdb(input, output, Integer.parseInt(arguments[3]));
          default -> throw new IllegalArgumentException("Invalid run: " + arguments[0]);
        };
    double wall = (System.nanoTime() - wallStart) / NANOS;
    System.out.println(spent + " " + wall + " " + Files.size(output));
  }

  private static void land(Path input, Path output) throws IOException {
    try (InputStream in = Files.newInputStream(input)) {
      land(in, output);
    }
  }

  /** As land does it: the lines against the contract, accepted ones to Parquet. */
  private static void land(InputStream in, Path output) throws IOException {
    Path folder = output.resolveSibling("");
    ObjectName name = new ObjectName("bench", String.valueOf(output.getFileName()));
    try (NdjsonRecords records = new NdjsonRecords(in, Events.CONTRACT, Limits.DEFAULT);
        RawBatchWriter writer =
            new RawBatchWriter(new FileUploads(folder), name, Events.CONTRACT)) {
      while (records.next()) {
        switch (records.decode()) {
          case Decoded.Accepted good -> writer.append(good.row(), records.ordinal());
          case Decoded.Rejected bad -> throw new IllegalStateException(bad.errors().toString());
        }
      }
      writer.complete();
    }
  }

  /** Only the copy counts: neither the JVM that DuckDB sits in nor its own start. */
  private static double duckdb(Path input, Path output, int threads) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      if (threads > 0) {
        statement.execute("SET threads = " + threads);
      }
      double before = cpuSeconds();
      statement.execute(
          "COPY (SELECT * FROM read_json('"
              + input
              + "', format = 'newline_delimited')) TO '"
              + output
              + "' (FORMAT parquet, CODEC zstd)");
      return cpuSeconds() - before;
    }
  }

  private static double cpuSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / NANOS;
  }
}
