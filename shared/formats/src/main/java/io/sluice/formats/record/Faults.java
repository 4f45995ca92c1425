package io.sluice.formats.record;

import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import io.sluice.formats.decode.Decoded;
import io.sluice.formats.record.RecordSource.Rendered;
import java.util.List;

/** What is said of records that no contract needs to be held against. */
public final class Faults {
  private Faults() {}

  /** It is longer than a record may be. */
  public static Rendered.Broken tooLong(int maxBytes) {
    return broken(ErrorClass.SIZE, "too_long", "at most " + maxBytes + " bytes", "a longer record");
  }

  /** Its bytes are not what its format wants. */
  public static Rendered.Broken unparseable(String code, String expected, String found) {
    return broken(ErrorClass.PARSE, code, expected, found);
  }

  private static Rendered.Broken broken(
      ErrorClass type, String code, String expected, String found) {
    return new Rendered.Broken(
        new Decoded.Rejected(type, List.of(new RecordError(code, "", expected, found))));
  }
}
