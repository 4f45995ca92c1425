package io.sluice.local.cloud.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.local.cloud.template.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lambda's Runtime API for one process: it hands out events and takes answers. Each process has its
 * own, so that the request of one that is dead cannot swallow the event of the next.
 *
 * <p>See "Using the Lambda runtime API for custom runtimes" in AWS's documentation.
 */
final class RuntimeApi implements AutoCloseable {
  /** Lambda's limit of a response. */
  private static final int MAX_RESPONSE_BYTES = 6 * 1024 * 1024;

  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String function;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LinkedBlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> running = new ConcurrentHashMap<>();
  private final CompletableFuture<InvocationResult.NotReady> initError = new CompletableFuture<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  RuntimeApi(String function) throws IOException {
    this.function = function;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(PREFIX, this::handle);
    server.start();
  }

  /** Host and port, as {@code AWS_LAMBDA_RUNTIME_API} wants them. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Done when the process asks for its first event. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  /** Done when the process reports that it cannot be made ready. */
  CompletableFuture<InvocationResult.NotReady> initError() {
    return initError;
  }

  /** Hands an event to the process; done when the process has answered it. */
  CompletableFuture<InvocationResult> invoke(String requestId, String event, Instant deadline) {
    Invocation invocation =
        new Invocation(requestId, event, deadline, new CompletableFuture<InvocationResult>());
    running.put(requestId, invocation);
    waiting.add(invocation);
    return invocation.result();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] path = exchange.getRequestURI().getPath().substring(PREFIX.length()).split("/", -1);
      if (path.length == 2 && path[1].equals("next")) {
        next(exchange);
      } else if (path.length == 2 && path[0].equals("init") && path[1].equals("error")) {
        JsonNode error = error(exchange);
        initError.complete(
            new InvocationResult.NotReady(
                error.path("errorType").asText() + ": " + error.path("errorMessage").asText()));
        accept(exchange);
      } else if (path.length == 3 && path[0].equals("invocation")) {
        finish(exchange, path[1], path[2]);
      } else {
        reply(exchange, 404, "{}");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    ready.complete(null);
    Invocation invocation = waiting.take();
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadline().toEpochMilli()));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:%s:%s:function:%s".formatted(Template.REGION, Template.ACCOUNT, function));
    reply(exchange, 200, invocation.event());
  }

  private void finish(HttpExchange exchange, String requestId, String how) throws IOException {
    Invocation invocation = running.remove(requestId);
    if (invocation == null) {
      reply(exchange, 400, "{\"errorType\":\"InvalidRequestID\"}");
    } else if (how.equals("response")) {
      byte[] response = exchange.getRequestBody().readNBytes(MAX_RESPONSE_BYTES + 1);
      if (response.length > MAX_RESPONSE_BYTES) {
        invocation
            .result()
            .complete(
                new InvocationResult.Threw(
                    "Function.ResponseSizeTooLarge", "more than " + MAX_RESPONSE_BYTES + " bytes"));
        reply(exchange, 413, "{\"errorType\":\"RequestEntityTooLarge\"}");
      } else {
        accept(exchange);
        invocation
            .result()
            .complete(new InvocationResult.Answered(new String(response, StandardCharsets.UTF_8)));
      }
    } else {
      JsonNode error = error(exchange);
      accept(exchange);
      invocation
          .result()
          .complete(
              new InvocationResult.Threw(
                  error.path("errorType").asText("Error"),
                  error.path("errorMessage").asText("no message")));
    }
  }

  private static JsonNode error(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_RESPONSE_BYTES);
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode().put("errorMessage", new String(body, StandardCharsets.UTF_8));
    }
  }

  private static void accept(HttpExchange exchange) throws IOException {
    reply(exchange, 202, "{\"status\":\"OK\"}");
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private record Invocation(
      String requestId,
      String event,
      Instant deadline,
      CompletableFuture<InvocationResult> result) {}
}
