package io.sluice.local.cloud.lambda;

import io.sluice.core.failure.TransientFailure;
import io.sluice.local.cloud.event.Breakdown;
import io.sluice.local.cloud.event.CloudEvent;
import io.sluice.local.cloud.event.FunctionStatus;
import io.sluice.local.cloud.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One function, with at most one process: started at the first event, and again at the next event
 * after it has ended.
 */
public final class LambdaFunction implements AutoCloseable {
  /** A function that fails to start so often in a row will not start the next time either. */
  private static final int MAX_FAILED_STARTS = 3;

  /**
   * Long enough for a class archive to be written, once for each build; it saves more at each later
   * start.
   */
  private static final Duration ARCHIVE_PATIENCE = Duration.ofSeconds(10);

  private final FunctionSettings settings;
  private final Consumer<CloudEvent> listener;
  private final Breakdown breakdown;
  private final InstantSource clock;
  private final Supplier<String> requestIds;
  private final String name;

  private final AtomicReference<@Nullable ExecutionEnvironment> current = new AtomicReference<>();
  private final AtomicInteger starts = new AtomicInteger();
  private volatile boolean busy;
  private volatile boolean closed;
  private int failedStarts;

  /** A function that has no process yet. */
  public LambdaFunction(
      FunctionSettings settings,
      Consumer<CloudEvent> listener,
      Breakdown breakdown,
      InstantSource clock,
      Supplier<String> requestIds) {
    this.settings = settings;
    this.listener = listener;
    this.breakdown = breakdown;
    this.clock = clock;
    this.requestIds = requestIds;
    this.name = settings.declaration().id();
    FunctionPackage.requireFile(settings.zip());
  }

  /** How it stands. */
  public FunctionStatus status() {
    return new FunctionStatus(
        name,
        alive().map(ExecutionEnvironment::processId).stream().toList(),
        Math.max(0, starts.get() - 1),
        settings.log());
  }

  /** Runs one event, in a new process where there is none. */
  synchronized InvocationResult invoke(String event) throws InterruptedException {
    busy = true;
    try {
      Optional<ExecutionEnvironment> alive = alive();
      ExecutionEnvironment environment;
      if (alive.isPresent()) {
        environment = alive.get();
      } else {
        environment = start();
        InvocationResult ready = ready(environment);
        if (!(ready instanceof InvocationResult.Answered)) {
          return ready;
        }
      }
      return environment.invoke(
          requestIds.get(), event, clock.instant(), settings.declaration().timeout());
    } finally {
      busy = false;
    }
  }

  /** Ends the process; one that is idle may first write its class archive, if there is none. */
  @Override
  public void close() {
    closed = true;
    Optional.ofNullable(current.get())
        .ifPresent(
            environment -> {
              try {
                boolean archived = Files.exists(FunctionPackage.unpack(settings.zip()).archive());
                environment.terminate(busy || archived ? Duration.ZERO : ARCHIVE_PATIENCE);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private Optional<ExecutionEnvironment> alive() {
    return Optional.ofNullable(current.get()).filter(ExecutionEnvironment::isAlive);
  }

  private ExecutionEnvironment start() {
    FunctionPackage code = FunctionPackage.unpack(settings.zip());
    prepareTemporary();
    ExecutionEnvironment environment =
        ExecutionEnvironment.start(
            name, command(code), variables(code), code.taskRoot(), new ProcessLog(settings.log()));
    current.set(environment);
    starts.incrementAndGet();
    environment.onEnd(
        how -> {
          if (!closed) {
            listener.accept(
                new CloudEvent.FunctionDied(name, environment.processId(), how.reason()));
          }
        });
    if (closed) {
      environment.kill(new InvocationResult.Exited(0, "the cloud was closed"));
    }
    return environment;
  }

  private InvocationResult ready(ExecutionEnvironment environment) throws InterruptedException {
    Instant started = clock.instant();
    InvocationResult ready = environment.awaitReady();
    switch (ready) {
      case InvocationResult.Answered answered -> {
        failedStarts = 0;
        listener.accept(
            new CloudEvent.FunctionStarted(
                name, environment.processId(), Duration.between(started, clock.instant())));
      }
      case InvocationResult.NotReady notReady -> {
        environment.kill(notReady);
        discardArchive();
        failedStarts++;
        if (failedStarts >= MAX_FAILED_STARTS) {
          breakdown.report(
              "Cannot start %s: %s (see %s)".formatted(name, notReady.lastWords(), settings.log()));
        }
      }
      case InvocationResult other -> environment.kill(other);
    }
    return ready;
  }

  /** A process that ended too early leaves an archive that lacks most classes, and would stay. */
  private void discardArchive() {
    try {
      Files.deleteIfExists(FunctionPackage.unpack(settings.zip()).archive());
    } catch (IOException e) {
      throw new TransientFailure(
          "Cannot discard the archive of " + name + ": " + e.getMessage(), e);
    }
  }

  private List<String> command(FunctionPackage code) {
    return code.bootstrap()
        .map(bootstrap -> List.of(bootstrap.toString()))
        .orElseGet(
            () ->
                JavaCommand.of(
                    code, settings.layers(), settings.declaration(), settings.temporary()));
  }

  private Map<String, String> variables(FunctionPackage code) {
    Map<String, String> variables = new LinkedHashMap<>(settings.variables());
    variables.put("AWS_REGION", Template.REGION);
    variables.put("AWS_DEFAULT_REGION", Template.REGION);
    variables.put("AWS_ACCESS_KEY_ID", "sluice");
    variables.put("AWS_SECRET_ACCESS_KEY", "sluice");
    variables.put("AWS_LAMBDA_FUNCTION_NAME", name);
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put(
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        Integer.toString(settings.declaration().memoryMegabytes()));
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + name);
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", settings.log().getFileName().toString());
    variables.put("LAMBDA_TASK_ROOT", code.taskRoot().toString());
    variables.put("_HANDLER", settings.declaration().handler());
    variables.put("TMPDIR", settings.temporary().toString());
    variables.put("LANG", "C.UTF-8");
    variables.put("TZ", "UTC");
    return variables;
  }

  private void prepareTemporary() {
    try {
      Files.createDirectories(settings.temporary());
      FunctionPackage.deleteTree(settings.temporary());
      Files.createDirectories(settings.temporary());
    } catch (IOException e) {
      throw new TransientFailure(
          "Cannot prepare " + settings.temporary() + ": " + e.getMessage(), e);
    }
  }
}
