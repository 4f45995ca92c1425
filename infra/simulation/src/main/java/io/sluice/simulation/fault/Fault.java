package io.sluice.simulation.fault;

import java.util.EnumSet;
import java.util.Set;

/** What may go wrong at one call of a port. */
public enum Fault {
  /** The process dies, and nothing came of the call. */
  DIES_BEFORE,
  /** The process dies, and the call has had its effect. */
  DIES_AFTER,
  /** The answer is an error, and nothing came of the call. */
  THROTTLED,
  /** The call has had its effect, and its answer is an error. */
  ANSWER_LOST,
  /** Somebody else works, from beginning to end, before the call. */
  OTHERS_BEFORE,
  /** Somebody else works, from beginning to end, after the call. */
  OTHERS_AFTER,
  /** Somebody else was first. */
  CONFLICT,
  /** Nobody can tell whether the commit is there; it is not. */
  UNKNOWN_WITHOUT_EFFECT,
  /** Nobody can tell whether the commit is there; it is. */
  UNKNOWN_WITH_EFFECT,
  /** A stream breaks off. */
  BROKEN_STREAM,
  /** The first file that the call reads cannot be read. */
  READ_FAILS,
  /** The first file that the call writes cannot be written. */
  WRITE_FAILS,
  /** A gate's question has no answer. */
  UNMEASURED,
  /** A bug. */
  BUG;

  /** What may go wrong where something is only looked at. */
  public static final Set<Fault> OF_READS = EnumSet.of(DIES_BEFORE, THROTTLED, OTHERS_BEFORE);

  /** What may go wrong where something has an effect. */
  public static final Set<Fault> OF_EFFECTS =
      EnumSet.of(DIES_BEFORE, DIES_AFTER, THROTTLED, ANSWER_LOST, OTHERS_BEFORE, OTHERS_AFTER);

  /** What may go wrong where a catalog makes a table. */
  public static final Set<Fault> OF_CREATIONS =
      EnumSet.of(
          DIES_BEFORE,
          DIES_AFTER,
          UNKNOWN_WITHOUT_EFFECT,
          UNKNOWN_WITH_EFFECT,
          OTHERS_BEFORE,
          OTHERS_AFTER);

  /** What may go wrong at a commit to a catalog. */
  public static final Set<Fault> OF_COMMITS = with(OF_CREATIONS, CONFLICT);

  /** These and {@code more}. */
  public static Set<Fault> with(Set<Fault> some, Fault... more) {
    Set<Fault> all = EnumSet.copyOf(some);
    all.addAll(Set.of(more));
    return all;
  }
}
