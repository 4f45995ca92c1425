package io.sluice.formats.parquet;

import io.sluice.formats.rendering.JsonBytes;
import io.sluice.formats.rendering.Moments;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** Values of one Parquet column as JSON, as the field of the contract reads them. */
final class PrimitiveText {
  /** More digits than any decimal of a contract; to print numbers takes the square of them. */
  private static final int MAX_DECIMAL_BYTES = 64;

  private static final int UUID_BYTES = 16;
  private static final int INT96_BYTES = 12;

  /** The Julian day of 1970-01-01. */
  private static final long JULIAN_EPOCH_DAY = 2_440_588;

  private final PrimitiveTypeName type;
  private final @Nullable LogicalTypeAnnotation annotation;
  private final String moment;
  private final boolean tellsUnit;
  private final boolean wantsText;
  private final boolean wantsBytes;

  PrimitiveText(PrimitiveType column, @Nullable Schema wanted) {
    this.type = column.getPrimitiveTypeName();
    this.annotation = column.getLogicalTypeAnnotation();
    this.moment = moment(annotation);
    this.tellsUnit = !moment.isEmpty() && Moments.differ(moment, wanted);
    this.wantsText = wanted != null && wanted.getType() == Schema.Type.STRING;
    this.wantsBytes =
        wanted != null && wanted.getType() == Schema.Type.BYTES && wanted.getLogicalType() == null;
  }

  private static String moment(@Nullable LogicalTypeAnnotation annotation) {
    return switch (annotation) {
      case LogicalTypeAnnotation.DateLogicalTypeAnnotation ignored -> "date";
      case LogicalTypeAnnotation.TimestampLogicalTypeAnnotation timestamp ->
          "timestamp-" + timestamp.getUnit().name().toLowerCase(Locale.ROOT);
      case LogicalTypeAnnotation.TimeLogicalTypeAnnotation ignored -> "time";
      case null, default -> "";
    };
  }

  void write(int value, JsonBytes out) {
    boolean unsigned =
        annotation instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation whole
            && !whole.isSigned();
    write(unsigned ? Integer.toUnsignedLong(value) : (long) value, out);
  }

  void write(long value, JsonBytes out) {
    if (tellsUnit) {
      out.string(Moments.text(moment, value));
    } else if (annotation instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
      number(BigInteger.valueOf(value), decimal.getScale(), out);
    } else if (type == PrimitiveTypeName.INT64
        && annotation instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation whole
        && !whole.isSigned()) {
      ascii(Long.toUnsignedString(value), out);
    } else {
      out.number(value);
    }
  }

  void write(Binary value, JsonBytes out) {
    byte[] bytes = value.getBytes();
    switch (annotation) {
      case LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal
          when bytes.length > 0 && bytes.length <= MAX_DECIMAL_BYTES ->
          number(new BigInteger(bytes), decimal.getScale(), out);
      case LogicalTypeAnnotation.UUIDLogicalTypeAnnotation ignored
          when bytes.length == UUID_BYTES -> {
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        out.string(new UUID(halves.getLong(), halves.getLong()).toString());
      }
      case LogicalTypeAnnotation.StringLogicalTypeAnnotation ignored -> text(bytes, out);
      case LogicalTypeAnnotation.EnumLogicalTypeAnnotation ignored -> text(bytes, out);
      case LogicalTypeAnnotation.JsonLogicalTypeAnnotation ignored -> text(bytes, out);
      case null, default -> unnamed(bytes, out);
    }
  }

  private void unnamed(byte[] bytes, JsonBytes out) {
    if (type == PrimitiveTypeName.INT96 && bytes.length == INT96_BYTES) {
      ByteBuffer parts = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      long nanos = parts.getLong();
      long day = parts.getInt() - JULIAN_EPOCH_DAY;
      out.string(Instant.EPOCH.plus(day, ChronoUnit.DAYS).plusNanos(nanos).toString());
    } else if (wantsText) {
      text(bytes, out);
    } else {
      out.base64(bytes);
    }
  }

  private void text(byte[] utf8, JsonBytes out) {
    if (wantsBytes) {
      out.base64(utf8);
    } else {
      out.string(utf8, 0, utf8.length);
    }
  }

  private static void number(BigInteger unscaled, int scale, JsonBytes out) {
    ascii(new BigDecimal(unscaled, scale).toString(), out);
  }

  private static void ascii(String number, JsonBytes out) {
    out.raw(number.getBytes(StandardCharsets.US_ASCII));
  }
}
