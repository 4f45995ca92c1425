package io.sluice.contracts.pipeline;

import io.sluice.core.gate.Bounds;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bounds of a gate: {@code threshold} or {@code max}, the most; {@code min}, the least;
 * or {@code between}, both.
 */
final class BoundsReader {
  private final Problems problems;

  BoundsReader(Problems problems) {
    this.problems = problems;
  }

  /** The bounds of {@code gate}; nothing, and a problem, when it declares none that make sense. */
  Optional<Bounds> read(Declaration gate, GateScale scale) {
    List<Word> between = gate.words("between");
    Optional<Word> threshold = gate.word("threshold");
    Optional<Word> most = threshold.or(() -> gate.word("max"));
    Optional<Word> least = gate.word("min");
    if (threshold.isPresent() && gate.word("max").isPresent()) {
      return refuse(threshold.get(), "it is the most, and so is max");
    }
    if (!between.isEmpty()) {
      boolean alone = most.isEmpty() && least.isEmpty() && between.size() == 2;
      return alone
          ? within(between.get(0), between.get(1), scale)
          : refuse(between.getFirst(), "the least and the most are wanted, and no other bound");
    }
    if (most.isEmpty() && least.isEmpty()) {
      gate.required(scale == GateScale.GOOD_SHARE ? "min" : "threshold", problems);
      return Optional.empty();
    }
    if (threshold.isPresent() && scale == GateScale.GOOD_SHARE) {
      return refuse(threshold.get(), "it is the most that may be; min is wanted, the least");
    }
    return within(least.orElse(null), most.orElse(null), scale);
  }

  private Optional<Bounds> within(@Nullable Word least, @Nullable Word most, GateScale scale) {
    Optional<Double> from = number(least, scale, Double.NEGATIVE_INFINITY);
    Optional<Double> to = number(most, scale, Double.POSITIVE_INFINITY);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (least != null && from.get() > to.get()) {
      return refuse(least, "it is more than the most that may be");
    }
    return Optional.of(new Bounds(from.get(), to.get()));
  }

  private Optional<Double> number(@Nullable Word word, GateScale scale, double none) {
    if (word == null) {
      return Optional.of(none);
    }
    Optional<Double> number = scale.read(word.text());
    if (number.isEmpty()) {
      problems.invalid(word, scale.wanted());
    }
    return number;
  }

  private Optional<Bounds> refuse(Word word, String reason) {
    problems.invalid(word, reason);
    return Optional.empty();
  }
}
