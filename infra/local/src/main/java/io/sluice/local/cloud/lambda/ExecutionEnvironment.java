package io.sluice.local.cloud.lambda;

import io.sluice.core.failure.TransientFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One process of a function, and the Runtime API that it talks to. It runs one event at a time. */
final class ExecutionEnvironment {
  /**
   * How long a process may take to ask for its first event: far above the 10 s that Lambda grants,
   * for machines that are busy with other things.
   */
  private static final Duration INIT_TIMEOUT = Duration.ofSeconds(60);

  /** How long the last lines of a process that has ended may be on their way. */
  private static final Duration LAST_WORDS_TIMEOUT = Duration.ofSeconds(1);

  /** What is reported of a process that SIGKILL or SIGTERM ended. */
  private static final int KILLED = 128 + 9;

  private static final int TERMINATED = 128 + 15;

  private final RuntimeApi api;
  private final Process process;
  private final ProcessLog log;
  private final Thread copier;
  private final CompletableFuture<InvocationResult> ended;

  /** Set before this cloud itself ends the process. */
  private final CompletableFuture<InvocationResult> doom = new CompletableFuture<>();

  private ExecutionEnvironment(RuntimeApi api, Process process, ProcessLog log) {
    this.api = api;
    this.process = process;
    this.log = log;
    copier = Thread.ofVirtual().start(() -> log.copy(process.getInputStream()));
    ended = process.onExit().thenApply(exited -> ending());
  }

  /** Starts a process; what its environment lacks is where its Runtime API is. */
  static ExecutionEnvironment start(
      String function,
      List<String> command,
      Map<String, String> variables,
      Path folder,
      ProcessLog log) {
    try {
      RuntimeApi api = new RuntimeApi(function);
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(variables);
      builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
      return new ExecutionEnvironment(api, builder.start(), log);
    } catch (IOException e) {
      throw new TransientFailure("Cannot start " + function + ": " + e.getMessage(), e);
    }
  }

  long processId() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Calls {@code action} with how the process ended, when it has. */
  void onEnd(Consumer<InvocationResult> action) {
    var unused = ended.thenAccept(action);
  }

  /**
   * Waits until the process asks for an event ({@code Answered}) or it is clear that it will not.
   */
  InvocationResult awaitReady() throws InterruptedException {
    CompletableFuture<InvocationResult> ready =
        api.ready().thenApply(none -> new InvocationResult.Answered("ready"));
    InvocationResult late =
        new InvocationResult.NotReady("it was not ready after " + INIT_TIMEOUT.toSeconds() + " s");
    return switch (await(ready, INIT_TIMEOUT, late)) {
      case InvocationResult.Exited exited -> new InvocationResult.NotReady(exited.lastWords());
      case InvocationResult result -> result;
    };
  }

  /** Runs one event. A process that takes too long is killed. */
  InvocationResult invoke(String requestId, String event, Instant now, Duration timeout)
      throws InterruptedException {
    return await(
        api.invoke(requestId, event, now.plus(timeout)),
        timeout,
        new InvocationResult.TimedOut(timeout));
  }

  /** Asks the process to end, so that it can write its class archive, and waits for it. */
  void terminate(Duration patience) throws InterruptedException {
    doom.complete(new InvocationResult.Exited(0, "the cloud was closed"));
    process.toHandle().destroy();
    process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    kill(new InvocationResult.Exited(0, "the cloud was closed"));
  }

  /** Ends the process at once, for that reason. */
  void kill(InvocationResult reason) {
    doom.complete(reason);
    process.toHandle().destroyForcibly();
    process.onExit().join();
    api.close();
  }

  private InvocationResult await(
      CompletableFuture<InvocationResult> answer, Duration timeout, InvocationResult late)
      throws InterruptedException {
    try {
      return (InvocationResult)
          CompletableFuture.anyOf(answer, api.initError(), ended)
              .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      kill(late);
      return late;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private InvocationResult ending() {
    if (doom.isDone()) {
      return doom.join();
    }
    int status = process.exitValue();
    if (status == KILLED || status == TERMINATED) {
      return new InvocationResult.Killed(status);
    }
    try {
      copier.join(LAST_WORDS_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new InvocationResult.Exited(status, log.lastWords());
  }
}
