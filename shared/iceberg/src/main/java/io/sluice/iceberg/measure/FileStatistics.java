package io.sluice.iceberg.measure;

import io.sluice.core.gate.ColumnMeasure.Kind;
import io.sluice.core.gate.ColumnMeasure.Statistic;
import io.sluice.core.gate.Measurement;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** What the statistics of data files say exactly, without a look into the files. */
final class FileStatistics {
  private static final double MICROS = 1e6;
  private static final double SECONDS_A_DAY = 86_400;

  private final Schema schema;

  FileStatistics(Schema schema) {
    this.schema = schema;
  }

  /** A data file and the partition that it is in, for people. */
  record Placed(DataFile file, String partition) {}

  /** The statistic, unless the files do not keep it exactly. */
  Optional<Measurement> find(Statistic statistic, List<Placed> files) {
    Types.NestedField field = schema.findField(statistic.field().toString());
    return switch (statistic.kind()) {
      case NULL_RATE -> nullRate(field, files);
      case LEAST -> extreme(field, files, Kind.LEAST);
      case GREATEST -> extreme(field, files, Kind.GREATEST);
      case DISTINCT, MEAN -> Optional.empty();
    };
  }

  private static Optional<Measurement> nullRate(Types.NestedField field, List<Placed> files) {
    Shares shares = new Shares();
    for (Placed each : files) {
      Long nulls = count(each.file().nullValueCounts(), field.fieldId());
      if (nulls == null || !field.type().isPrimitiveType()) {
        return Optional.empty();
      }
      shares.in(each.partition());
      shares.count(nulls, each.file().recordCount());
    }
    return Optional.of(shares.bad(" added rows"));
  }

  /** Bounds of numbers and times are exact; those of texts may be cut. */
  private static Optional<Measurement> extreme(
      Types.NestedField field, List<Placed> files, Kind kind) {
    double extreme = Double.NaN;
    for (Placed each : files) {
      DataFile file = each.file();
      Long nulls = count(file.nullValueCounts(), field.fieldId());
      if (nulls == null) {
        return Optional.empty();
      }
      if (nulls < file.recordCount()) {
        Map<Integer, ByteBuffer> bounds =
            kind == Kind.LEAST ? file.lowerBounds() : file.upperBounds();
        double bound = bound(field.type(), bounds == null ? null : bounds.get(field.fieldId()));
        if (Double.isNaN(bound)) {
          return Optional.empty();
        }
        boolean isBeyond = kind == Kind.LEAST ? bound < extreme : bound > extreme;
        extreme = Double.isNaN(extreme) || isBeyond ? bound : extreme;
      }
    }
    return Optional.of(
        Double.isNaN(extreme)
            ? new Measurement.Nothing("no added row has a value")
            : new Measurement.Known(extreme, "of the added rows"));
  }

  /** A bound as a number; NaN when it is not there or not exact. */
  private static double bound(Type type, @Nullable ByteBuffer bytes) {
    if (bytes == null) {
      return Double.NaN;
    }
    return switch (type.typeId()) {
      case INTEGER, LONG, FLOAT, DOUBLE ->
          ((Number) Conversions.<Object>fromByteBuffer(type, bytes)).doubleValue();
      case DECIMAL -> Conversions.<BigDecimal>fromByteBuffer(type, bytes).doubleValue();
      case DATE -> Conversions.<Integer>fromByteBuffer(type, bytes) * SECONDS_A_DAY;
      case TIMESTAMP -> Conversions.<Long>fromByteBuffer(type, bytes) / MICROS;
      default -> Double.NaN;
    };
  }

  private static @Nullable Long count(@Nullable Map<Integer, Long> counts, int field) {
    return counts == null ? null : counts.get(field);
  }
}
