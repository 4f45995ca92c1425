package io.sluice.aws.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class SteadyHttpClientTest {
  private final AtomicInteger connections = new AtomicInteger();

  @Test
  void sendsAgainWhenTheServerHasClosedTheKeptConnection() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      // Given
      Thread.ofVirtual().start(() -> serveOneRequestPerConnection(server));
      URI endpoint = URI.create("http://127.0.0.1:" + server.getLocalPort());

      // When
      try (AwsClients clients =
          new AwsClients(new AwsEndpoints(endpoint, endpoint, "us-east-1", "test", "test"))) {
        put(clients.s3());
        put(clients.s3());
      }

      // Then
      assertThat(connections).hasValueGreaterThan(1);
    }
  }

  @Test
  void doesSoForAClientOfTheSdk() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      // Given
      Thread.ofVirtual().start(() -> serveOneRequestPerConnection(server));

      // When
      try (S3Client client =
          S3Client.builder()
              .endpointOverride(URI.create("http://127.0.0.1:" + server.getLocalPort()))
              .region(Region.US_EAST_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
              .forcePathStyle(true)
              .httpClientBuilder(SteadyHttpClient.builder())
              .build()) {
        put(client);
        put(client);
      }

      // Then
      assertThat(connections).hasValueGreaterThan(1);
    }
  }

  private static void put(S3Client client) {
    client.putObject(
        request -> request.bucket("lake").key("raw/a").checksumCRC32("sj2lpA=="),
        RequestBody.fromBytes("one".getBytes(US_ASCII)));
  }

  /** Promises to keep the connection, and closes it when the next request has come. */
  private void serveOneRequestPerConnection(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        connections.incrementAndGet();
        InputStream requests = new BufferedInputStream(socket.getInputStream());
        readRequest(requests);
        socket
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
        requests.read();
      } catch (IOException e) {
        assertThat(server.isClosed()).isTrue();
      }
    }
  }

  private static void readRequest(InputStream requests) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = requests.read(); next >= 0; next = requests.read()) {
      head.append((char) next);
      if (head.indexOf("\r\n\r\n") >= 0) {
        break;
      }
    }
    String length =
        head.toString().toLowerCase(Locale.ROOT).replaceAll("(?s).*content-length: (\\d+).*", "$1");
    requests.readNBytes(Integer.parseInt(length));
  }
}
