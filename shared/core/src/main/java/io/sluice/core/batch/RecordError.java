package io.sluice.core.batch;

/**
 * One reason why a record was rejected.
 *
 * @param code what kind of error, a constant in lower case: {@code missing}, {@code type}, {@code
 *     enum}, …
 * @param path where in the record, {@code properties.mag} or {@code geometry.coordinates[2]}; empty
 *     for the whole record
 * @param expected what the contract wants there
 * @param found what was there, shortened to {@value #MAX_FOUND} characters
 * @param rule the name of the declared rule that it broke; empty when the schema said no
 */
public record RecordError(String code, String path, String expected, String found, String rule) {
  /** Enough to recognise a value; the original bytes are kept whole beside it. */
  public static final int MAX_FOUND = 120;

  /** Shortens what was found. */
  public RecordError {
    if (found.length() > MAX_FOUND) {
      found = found.substring(0, end(found)) + "…";
    }
  }

  /** Where to cut, so that no character is cut in half. */
  private static int end(String found) {
    int end = MAX_FOUND - 1;
    return Character.isHighSurrogate(found.charAt(end - 1)) ? end - 1 : end;
  }

  /** What the schema itself says. */
  public RecordError(String code, String path, String expected, String found) {
    this(code, path, expected, found, "");
  }

  /** {@code code path}: what errors are counted by, whichever element of an array it was. */
  public String kind() {
    return path.isEmpty() ? code : code + " " + path.replaceAll("\\[\\d+]", "[]");
  }
}
