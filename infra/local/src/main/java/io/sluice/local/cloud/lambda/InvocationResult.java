package io.sluice.local.cloud.lambda;

import java.time.Duration;

/** How one invocation ended. */
sealed interface InvocationResult {
  /** The function answered, with this JSON. */
  record Answered(String response) implements InvocationResult {}

  /** The function threw. */
  record Threw(String type, String message) implements InvocationResult {}

  /** The function took longer than it may; its process was ended. */
  record TimedOut(Duration timeout) implements InvocationResult {}

  /** The process ended by itself. */
  record Exited(int status, String lastWords) implements InvocationResult {}

  /**
   * The process was killed from outside: the machine's fault, as when a host of Lambda goes down,
   * and not the function's.
   */
  record Killed(int status) implements InvocationResult {}

  /** The function could not be made ready. */
  record NotReady(String lastWords) implements InvocationResult {}

  /** One sentence on why there is no answer. */
  default String reason() {
    return switch (this) {
      case Answered answered -> "answered " + answered.response();
      case Threw(var type, var message) -> type + ": " + message;
      case TimedOut(var timeout) -> "timed out after " + timeout.toSeconds() + " s";
      case Exited(var status, var words) -> "exited with status " + status + ": " + words;
      case Killed(var status) -> "was killed from outside (status " + status + ")";
      case NotReady(var words) -> "could not start: " + words;
    };
  }
}
