package io.sluice.local.cloud.topic;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.core.failure.TransientFailure;
import io.sluice.local.cloud.queue.QueueServer;
import io.sluice.local.cloud.template.TopicDeclaration;
import io.sluice.local.cloud.template.TopicDeclaration.Subscription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * SNS on the loopback interface, with the topics of a template: the action {@code Publish} of its
 * query protocol, and standard queues that are subscribed. See "Publish" in the SNS API reference,
 * and "Parsing message formats" in its guide for what a queue gets.
 */
public final class TopicServer implements AutoCloseable {
  /** What SNS takes is 256 KiB of text, which a form may spell with three characters a byte. */
  private static final int MAX_REQUEST_BYTES = 1 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<TopicDeclaration> topics;
  private final QueueServer queues;
  private final InstantSource clock;

  private TopicServer(List<TopicDeclaration> topics, QueueServer queues, InstantSource clock)
      throws IOException {
    this.topics = List.copyOf(topics);
    this.queues = queues;
    this.clock = clock;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts to serve {@code topics}, whose subscribers are queues of {@code queues}. */
  public static TopicServer start(
      List<TopicDeclaration> topics, QueueServer queues, InstantSource clock) {
    try {
      return new TopicServer(topics, queues, clock);
    } catch (IOException e) {
      throw new TransientFailure("Cannot start SNS: " + e.getMessage(), e);
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
      Map<String, String> form = form(new String(body, StandardCharsets.UTF_8));
      String arn = form.getOrDefault("TopicArn", "");
      Optional<TopicDeclaration> topic =
          topics.stream().filter(each -> each.arn().equals(arn)).findFirst();
      if (body.length > MAX_REQUEST_BYTES) {
        refuse(exchange, 400, "InvalidParameter");
      } else if (!"Publish".equals(form.get("Action")) || !form.containsKey("Message")) {
        refuse(exchange, 400, "InvalidAction");
      } else if (topic.isEmpty()) {
        refuse(exchange, 404, "NotFound");
      } else {
        publish(exchange, topic.get(), form.getOrDefault("Message", ""));
      }
    } catch (SdkException e) {
      refuse(exchange, 500, "InternalError");
    }
  }

  private void publish(HttpExchange exchange, TopicDeclaration topic, String message)
      throws IOException {
    String id = UUID.randomUUID().toString();
    for (Subscription each : topic.subscriptions()) {
      String body = each.raw() ? message : notification(topic, id, message);
      queues
          .client()
          .sendMessage(request -> request.queueUrl(queues.url(each.queue())).messageBody(body));
    }
    reply(
        exchange,
        200,
        ("<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
                + "<MessageId>%s</MessageId></PublishResult><ResponseMetadata><RequestId>%s"
                + "</RequestId></ResponseMetadata></PublishResponse>")
            .formatted(id, UUID.randomUUID()));
  }

  private String notification(TopicDeclaration topic, String id, String message) {
    return JSON.createObjectNode()
        .put("Type", "Notification")
        .put("MessageId", id)
        .put("TopicArn", topic.arn())
        .put("Message", message)
        .put("Timestamp", clock.instant().toString())
        .toString();
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    reply(
        exchange,
        status,
        ("<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender"
                + "</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>")
            .formatted(code, code));
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/xml");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
