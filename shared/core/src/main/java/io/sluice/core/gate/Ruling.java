package io.sluice.core.gate;

/** How one gate ended. */
public sealed interface Ruling {
  /** The value is within its bounds. */
  record Passed() implements Ruling {}

  /** It is not, or there is none. */
  record Failed() implements Ruling {}

  /** It failed, and somebody took the responsibility for publishing it all the same. */
  record Accepted(Decision decision) implements Ruling {}
}
