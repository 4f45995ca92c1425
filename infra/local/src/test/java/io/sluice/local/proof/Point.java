package io.sluice.local.proof;

/**
 * Where a process is killed.
 *
 * @param feed the number of the file that the pipeline is at work on, from 1
 * @param occurrence which of the writes of this name, from 1
 * @param meaning what the write means where its name does not say it; else empty
 */
record Point(
    int feed, String function, String effect, int occurrence, String meaning, Moment moment) {
  /** When, as the effect sees it. */
  enum Moment {
    BEFORE,
    AFTER
  }

  Point at(Moment other) {
    return new Point(feed, function, effect, occurrence, meaning, other);
  }

  boolean isAt(int number, Call call, Moment now) {
    return feed == number
        && moment == now
        && function.equals(call.function())
        && effect.equals(call.effect());
  }

  /** Whether {@code other} is of this name, too. */
  boolean isSameWrite(Point other) {
    return feed == other.feed && function.equals(other.function) && effect.equals(other.effect);
  }

  @Override
  public String toString() {
    return "%s, file %d: %s %s%s%s"
        .formatted(
            function,
            feed,
            moment == Moment.BEFORE ? "before" : "after",
            effect,
            occurrence == 1 ? "" : " " + occurrence,
            meaning.isEmpty() ? "" : " (" + meaning + ")");
  }
}
