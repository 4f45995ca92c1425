package io.sluice.formats.json;

/** Says that a record is not certainly good. Carries nothing: the careful way finds the reason. */
final class StepAside extends RuntimeException {
  /** One for all: it has no stack trace that could be another's. */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  static final StepAside NOW = new StepAside();

  private static final long serialVersionUID = 1;

  private StepAside() {
    super("Not certainly good", null, false, false);
  }
}
