package io.sluice.contracts.pipeline;

import io.sluice.core.failure.ConfigurationFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with one declaration, so that people can mend it in one go. */
final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  /** Something is written wrongly. */
  void invalid(int line, String reason) {
    found.add(new Problem(line, "Invalid " + file + " line " + line + ": " + reason));
  }

  /** A word has no meaning here. */
  void invalid(Word word, String reason) {
    invalid(word.line(), "%s: %s (%s)".formatted(word.path(), word.text(), reason));
  }

  /** A word has a meaning that this version does not have. */
  void unavailable(Word word) {
    unavailable(word, word.text() + " is not available in this version");
  }

  /** Something is written well, and this version cannot do it. */
  void unavailable(Word word, String reason) {
    found.add(
        new Problem(
            word.line(),
            "Cannot use %s: %s (%s line %d)".formatted(word.path(), reason, file, word.line())));
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(Problem::line));
      throw new ConfigurationFailure(
          String.join("\n", found.stream().map(Problem::sentence).toList()));
    }
  }

  private record Problem(int line, String sentence) {}
}
