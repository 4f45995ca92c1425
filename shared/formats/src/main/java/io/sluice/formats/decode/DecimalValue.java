package io.sluice.formats.decode;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Reads a decimal exactly: what scale or precision cannot keep is refused, never rounded. */
final class DecimalValue implements ValueDecoder {
  /** As many characters as Jackson lets a number have; parsing takes their square. */
  private static final int MAX_CHARACTERS = 1000;

  private final Schema type;
  private final int precision;
  private final int scale;
  private final String expected;

  DecimalValue(Schema type, LogicalTypes.Decimal decimal) {
    this.type = type;
    this.precision = decimal.getPrecision();
    this.scale = decimal.getScale();
    this.expected = "decimal(" + precision + ", " + scale + ")";
  }

  @Override
  public @Nullable Object decode(Decoding in) throws IOException {
    if (!in.parser().currentToken().isNumeric() && !in.at(JsonToken.VALUE_STRING)) {
      return in.wrongType(expected);
    }
    String text = in.parser().getText();
    BigDecimal value;
    try {
      value = text.length() > MAX_CHARACTERS ? null : new BigDecimal(text);
    } catch (NumberFormatException e) {
      value = null;
    }
    if (value == null) {
      return in.refuse("format", expected);
    }
    BigDecimal scaled = rescale(value);
    return scaled == null ? in.refuse("decimal", expected) : raw(scaled);
  }

  /**
   * The value with the type's scale, if it has one. Magnitudes are compared before any digits are
   * made, so that {@code 1e999999999} costs nothing.
   */
  private @Nullable BigDecimal rescale(BigDecimal value) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO.setScale(scale);
    }
    long integerDigits = (long) value.precision() - value.scale();
    long surplusDigits = (long) value.scale() - scale;
    if (integerDigits > precision - scale || surplusDigits >= value.precision()) {
      return null;
    }
    try {
      return value.setScale(scale, RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private Object raw(BigDecimal value) {
    byte[] bytes = value.unscaledValue().toByteArray();
    if (type.getType() == Schema.Type.BYTES) {
      return ByteBuffer.wrap(bytes);
    }
    byte[] fixed = new byte[type.getFixedSize()];
    Arrays.fill(fixed, 0, fixed.length - bytes.length, (byte) (value.signum() < 0 ? -1 : 0));
    System.arraycopy(bytes, 0, fixed, fixed.length - bytes.length, bytes.length);
    return new GenericData.Fixed(type, fixed);
  }
}
