package io.sluice.local;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.contracts.contract.ContractField;
import io.sluice.core.id.ObjectName;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table as DuckDB finds them in the data files, and rows as {@code sluice rows}
 * prints them, in one form: maps, lists, text, truth values, and numbers without trailing zeros.
 */
final class IndependentRows {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private IndependentRows() {}

  private enum Missing {
    VALUE
  }

  /** The rows in lines of JSON; refuses one that is there twice. */
  static Set<Object> ofJson(String lines) throws IOException {
    Set<Object> rows = new HashSet<>();
    for (String line : lines.lines().toList()) {
      add(rows, plain(JSON.readValue(line, Map.class)));
    }
    return rows;
  }

  /** The rows in the files that main of {@code lake} lists; refuses one that is there twice. */
  static Set<Object> ofMain(Path lake, Path pipelineFolder) throws SQLException {
    try (OpenLake open = OpenLake.of(lake, pipelineFolder)) {
      Schema contract = open.pipeline().contract().schema();
      String files =
          open.dataFiles().stream()
              .map(file -> ObjectName.parse(file.location()))
              .map(name -> lake.resolve("objects").resolve(name.bucket()).resolve(name.key()))
              .map(path -> "'" + path + "'")
              .collect(joining(", "));
      return query(contract, "FROM read_parquet([" + files + "], hive_partitioning = false)");
    }
  }

  private static Set<Object> query(Schema contract, String from) throws SQLException {
    String columns =
        contract.getFields().stream()
            .map(field -> '"' + field.name() + '"')
            .collect(joining(", ", "SELECT ", " "));
    Set<Object> rows = new HashSet<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found = statement.executeQuery(columns + from)) {
      while (found.next()) {
        Map<String, Object> row = new TreeMap<>();
        for (Schema.Field field : contract.getFields()) {
          row.put(field.name(), found(field.schema(), found.getObject(field.name())));
        }
        add(rows, row);
      }
    }
    return rows;
  }

  /** A value of DuckDB whose contract is {@code schema}, as its row would be printed. */
  private static Object found(Schema schema, @Nullable Object value) throws SQLException {
    Schema type = ContractField.withoutNull(schema);
    return switch (value) {
      case DuckDBStruct struct -> {
        Map<String, Object> fields = new TreeMap<>();
        for (Map.Entry<String, Object> each : struct.getMap().entrySet()) {
          Schema field = type.getField(each.getKey()).schema();
          fields.put(each.getKey(), found(field, each.getValue()));
        }
        yield fields;
      }
      case Array array -> {
        List<Object> elements = new ArrayList<>();
        for (Object each : (Object[]) array.getArray()) {
          elements.add(found(type.getElementType(), each));
        }
        yield elements;
      }
      case OffsetDateTime time -> {
        boolean isMillis = type.getLogicalType().getName().equals("timestamp-millis");
        ChronoUnit unit = isMillis ? ChronoUnit.MILLIS : ChronoUnit.MICROS;
        yield plain(unit.between(Instant.EPOCH, time.toInstant()));
      }
      case null -> Missing.VALUE;
      case Number number -> plain(number);
      case Boolean bool -> bool;
      default -> value.toString();
    };
  }

  private static Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> Missing.VALUE;
      case Map<?, ?> map -> {
        Map<String, Object> fields = new TreeMap<>();
        map.forEach((name, each) -> fields.put(String.valueOf(name), plain(each)));
        yield fields;
      }
      case List<?> list -> list.stream().map(IndependentRows::plain).toList();
      case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
      default -> value;
    };
  }

  private static void add(Set<Object> rows, Object row) {
    if (!rows.add(row)) {
      throw new AssertionError("A row is there twice: " + row);
    }
  }
}
