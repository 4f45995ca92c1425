package io.sluice.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All chance of one world: the same seed decides the same. */
public final class Chance {
  private final SplittableRandom random;

  /** What {@code seed} decides. */
  public Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A chance of its own, which what happens here later does not change. */
  public Chance split() {
    return new Chance(random.nextLong());
  }

  /** One of the numbers from 0 to {@code bound} - 1. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Whether what has this probability happens. */
  public boolean happens(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** One of {@code choices}. */
  public <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }
}
