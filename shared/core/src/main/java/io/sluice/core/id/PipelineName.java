package io.sluice.core.id;

import java.util.regex.Pattern;

/**
 * The name of one feed. It is part of object keys, queue groups and table names, so it is lower
 * case letters, digits and hyphens, starts with a letter, and has at most {@value #MAX_LENGTH}
 * characters.
 */
public record PipelineName(String value) {
  /** Glue allows 255 for a table name; 63 leaves room for the suffixes of the ops tables. */
  public static final int MAX_LENGTH = 63;

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0," + (MAX_LENGTH - 1) + "}");

  /** Refuses what is no pipeline name with an {@link IllegalArgumentException} that quotes it. */
  public PipelineName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "Invalid pipeline name: "
              + value
              + " (lower case letters, digits and hyphens, first a letter, at most "
              + MAX_LENGTH
              + ")");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
