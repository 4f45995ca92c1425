package io.sluice.contracts.registry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema's name in a registry.
 *
 * @param version a number, or {@value #LATEST}
 */
public record Subject(String name, String version) {
  /** Whatever was registered last. */
  public static final String LATEST = "latest";

  /** The text in {@code pipeline.yaml} before the name. */
  public static final String PREFIX = "registry:";

  /** Letters and what registries' naming strategies put between them; a name is part of paths. */
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_][A-Za-z0-9_.-]{0,254})(?::([1-9][0-9]{0,8}|latest))?");

  /**
   * Reads {@code registry:subject} or {@code registry:subject:version}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Subject parse(String text) {
    Matcher form = FORM.matcher(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : ":");
    if (!form.matches()) {
      throw new IllegalArgumentException("registry:<subject> or registry:<subject>:<version>");
    }
    return new Subject(form.group(1), form.group(2) == null ? LATEST : form.group(2));
  }

  /** Whether another schema may have this name tomorrow. */
  public boolean moves() {
    return version.equals(LATEST);
  }

  @Override
  public String toString() {
    return name + ":" + version;
  }
}
