package io.sluice.aws.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A service that answers each request with the next of the answers it was given. */
public final class ScriptedServer {
  private final HttpServer server;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();

  /**
   * One answer.
   *
   * @param announcedBytes the content length that is announced; when more than the body has, the
   *     connection ends early
   */
  public record Answer(int status, String body, long announcedBytes) {
    /** An answer as a service would give it. */
    public static Answer of(int status, String body) {
      return new Answer(status, body, body.length());
    }
  }

  /** Starts on a free port of the loopback interface. */
  public ScriptedServer(Answer... script) throws IOException {
    answers.addAll(List.of(script));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          Answer answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
          long length = answer.announcedBytes() == 0 ? -1 : answer.announcedBytes();
          exchange.sendResponseHeaders(answer.status(), length);
          exchange.getResponseBody().write(answer.body().getBytes(US_ASCII));
          exchange.getResponseBody().flush();
          exchange.close();
        });
    server.start();
  }

  /** Clients of this service. */
  public AwsClients clients() {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new AwsClients(new AwsEndpoints(endpoint, endpoint, "us-east-1", "test", "test"));
  }

  /** Method and path of every request so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Ends it at once. */
  public void stop() {
    server.stop(0);
  }
}
