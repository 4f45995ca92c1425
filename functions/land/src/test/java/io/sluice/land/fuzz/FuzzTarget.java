package io.sluice.land.fuzz;

/** One way for bytes from outside into Sluice. */
@FunctionalInterface
public interface FuzzTarget {
  /** Takes any bytes; throws whatever it likes when what is promised of them does not hold. */
  void take(byte[] input) throws Exception;
}
