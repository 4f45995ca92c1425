package io.sluice.contracts.pipeline;

import io.sluice.contracts.pipeline.MergePolicy.Deletes;
import io.sluice.contracts.pipeline.MergePolicy.Mode;
import io.sluice.contracts.pipeline.MergePolicy.OnConflict;
import io.sluice.contracts.pipeline.MergePolicy.Unique;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what becomes of a record whose key is there, and refuses what contradicts itself. */
final class MergePolicyReader {
  private final Declaration declared;
  private final Problems problems;

  MergePolicyReader(Declaration declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
  }

  MergePolicy read() {
    Mode mode = choice("merge", Mode.values(), Mode.APPEND);
    OnConflict usual = mode == Mode.APPEND ? OnConflict.KEEP_FIRST : OnConflict.KEEP_LAST;
    OnConflict onConflict = choice("on_conflict", OnConflict.values(), usual);
    switch (mode) {
      case APPEND ->
          refuse(
              onConflict == OnConflict.KEEP_LAST,
              "on_conflict",
              "merge: append never changes a row; declare merge: upsert");
      case UPSERT -> {}
      case CDC ->
          refuse(
              onConflict != OnConflict.KEEP_LAST,
              "on_conflict",
              "merge: cdc takes changes in the order of their source");
    }
    Deletes deletes = choice("deletes", Deletes.values(), Deletes.HARD);
    refuse(mode != Mode.CDC && isDeclared("deletes"), "deletes", "only merge: cdc deletes");
    Unique unique = choice("unique", Unique.values(), Unique.TABLE);
    refuse(
        unique == Unique.PARTITION && mode == Mode.CDC,
        "unique",
        "merge: cdc moves rows between partitions");
    refuse(
        unique == Unique.PARTITION && declared.words("partitions").isEmpty(),
        "unique",
        "the table has no partitions");
    return new MergePolicy(mode, onConflict, unique, deletes);
  }

  private <E extends Enum<E>> E choice(String key, E[] values, E usual) {
    Optional<Word> word = declared.word(key);
    if (word.isEmpty()) {
      return usual;
    }
    for (E value : values) {
      if (word(value).equals(word.get().text())) {
        return value;
      }
    }
    List<String> known = Arrays.stream(values).map(MergePolicyReader::word).toList();
    problems.invalid(word.get(), "one of " + String.join(", ", known) + " is wanted");
    return usual;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private boolean isDeclared(String key) {
    return declared.word(key).isPresent();
  }

  private void refuse(boolean broken, String key, String reason) {
    if (broken) {
      declared.word(key).ifPresent(word -> problems.invalid(word, reason));
    }
  }
}
