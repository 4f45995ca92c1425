package io.sluice.local.print;

import static java.util.stream.Collectors.joining;

import io.sluice.local.cloud.event.CloudEvent;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells people what is going on while it goes on, a line for each event worth one. */
public final class ProgressPrinter implements Consumer<CloudEvent> {
  private final PrintStream out;
  private String queues = "";

  /** Prints to {@code out}. */
  public ProgressPrinter(PrintStream out) {
    this.out = out;
  }

  /** Prints a sentence. */
  public synchronized void say(String sentence) {
    out.println("· " + sentence);
  }

  /** Sets what was said off from what follows. */
  public synchronized void end() {
    out.println();
  }

  @Override
  public void accept(CloudEvent event) {
    switch (event) {
      case CloudEvent.FunctionStarted started ->
          say(
              String.format(
                  Locale.ROOT,
                  "%s is up after %.1f s (process %d)",
                  started.function(),
                  started.took().toMillis() / 1000.0,
                  started.process()));
      case CloudEvent.FunctionDied died ->
          say(died.function() + " died (process " + died.process() + "): " + died.reason());
      case CloudEvent.InvocationFailed failed ->
          say(failed.function() + " failed, its messages come again: " + failed.reason());
      case CloudEvent.MessageDeadLettered dead ->
          say("A message of " + dead.letter().queue() + " was given up: " + dead.letter().reason());
      case CloudEvent.InvocationAnswered answered -> answered(answered);
      case CloudEvent.QueuesHold hold -> queues(hold);
    }
  }

  private void answered(CloudEvent.InvocationAnswered answered) {
    if (answered.failed() > 0) {
      say(
          String.format(
              Locale.ROOT,
              "%s failed %d of %d messages, they come again",
              answered.function(),
              answered.failed(),
              answered.messages()));
    }
  }

  private void queues(CloudEvent.QueuesHold hold) {
    String line =
        hold.messages().entrySet().stream()
            .map(
                each ->
                    each.getKey().replace("Queue", "").toLowerCase(Locale.ROOT)
                        + " "
                        + each.getValue())
            .collect(joining(", "));
    synchronized (this) {
      if (!line.equals(queues)) {
        queues = line;
        out.println("· waiting or at work: " + line);
      }
    }
  }
}
