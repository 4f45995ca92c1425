package io.sluice.local.proof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes the requests of one function to one server and brings back the answers. A watch may cut it:
 * then nobody is answered, as when the process that asked is gone.
 */
final class Wire implements AutoCloseable {
  /** What an HTTP client writes itself. */
  private static final Set<String> OWN_HEADERS =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final String function;
  private final Watch watch;
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<URI> target = new CompletableFuture<>();

  /** A wire of {@code function} that leads nowhere yet. */
  Wire(String function, Watch watch) throws IOException {
    this.function = function;
    this.watch = watch;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Sees every request; {@code true} cuts the wire under it. */
  interface Watch {
    /** Cuts nothing. */
    Watch UNSEEING =
        new Watch() {
          @Override
          public boolean cutsBefore(Call call) {
            return false;
          }

          @Override
          public boolean cutsAfter(Call call) {
            return false;
          }
        };

    /** The request has no effect yet. */
    boolean cutsBefore(Call call);

    /** The request has had its effect; its sender does not know. */
    boolean cutsAfter(Call call);
  }

  /** Where a function has to send its requests to. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Leads to {@code endpoint} from now on. */
  void lead(URI endpoint) {
    target.complete(endpoint);
  }

  @Override
  public void close() {
    server.stop(0);
    client.shutdownNow();
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Call call =
        Call.of(function, exchange.getRequestMethod(), exchange.getRequestURI().toString(), body);
    try (exchange) {
      if (watch.cutsBefore(call)) {
        return;
      }
      HttpResponse<byte[]> answer = client.send(forwarded(exchange, body), ofBytes());
      if (!watch.cutsAfter(call)) {
        reply(exchange, answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest forwarded(HttpExchange exchange, byte[] body) {
    String uri = target.join() + exchange.getRequestURI().toString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange.getRequestHeaders().forEach((name, values) -> copy(name, values, request::header));
    return request.build();
  }

  private static void reply(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    answer
        .headers()
        .map()
        .forEach((name, values) -> copy(name, values, exchange.getResponseHeaders()::add));
    if (isHead) {
      answer
          .headers()
          .firstValue("content-length")
          .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
    }
    boolean isEmpty = isHead || answer.body().length == 0;
    exchange.sendResponseHeaders(answer.statusCode(), isEmpty ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  private static HttpResponse.BodyHandler<byte[]> ofBytes() {
    return HttpResponse.BodyHandlers.ofByteArray();
  }

  private static void copy(String name, List<String> values, Header header) {
    if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
      values.forEach(value -> header.set(name, value));
    }
  }

  private interface Header {
    void set(String name, String value);
  }
}
