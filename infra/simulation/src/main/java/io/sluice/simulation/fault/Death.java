package io.sluice.simulation.fault;

/**
 * The end of a process. No stage catches it, and the batch loop does not: it catches bugs and
 * failures, and of errors those that a message can cause.
 */
public final class Death extends Error {
  private static final long serialVersionUID = 1L;

  /** At the call of that name. */
  public Death(String call) {
    super("Died at " + call, null, false, false);
  }
}
