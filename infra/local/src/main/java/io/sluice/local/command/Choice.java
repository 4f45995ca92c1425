package io.sluice.local.command;

import static java.util.stream.Collectors.joining;

import io.sluice.core.failure.ConfigurationFailure;
import java.util.Arrays;
import java.util.function.Function;

/** Options that take one of a few words. */
final class Choice {
  private Choice() {}

  /**
   * The value that {@code text} names.
   *
   * @throws ConfigurationFailure when it names none
   */
  static <T> T of(String option, String text, T[] values, Function<T, String> word) {
    return Arrays.stream(values)
        .filter(value -> word.apply(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationFailure(
                    "Invalid "
                        + option
                        + ": "
                        + text
                        + " ("
                        + Arrays.stream(values).map(word).collect(joining(" or "))
                        + ")"));
  }
}
