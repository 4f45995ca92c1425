package io.sluice.land.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sluice.contracts.framing.SchemaId;
import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.contracts.registry.RestRegistry;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;

/**
 * A registry answers anything, the first byte being the status. That is a schema, or none, or a
 * failure that says whether another attempt may help; only a registry that is up knows nothing, or
 * knows of no Avro.
 */
final class AnsweringRegistry implements FuzzTarget {
  private static final int[] STATUSES = {200, 200, 404, 401, 302, 500};

  private final RestRegistry registry;
  private byte[] body = {};
  private int status;

  AnsweringRegistry() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(body);
            }
          });
      server.start();
      registry =
          new RestRegistry(
              URI.create("http://127.0.0.1:" + server.getAddress().getPort()), RegistryAccess.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void take(byte[] input) {
    status = input.length == 0 ? 200 : STATUSES[(input[0] & 0xff) % STATUSES.length];
    body = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
    try {
      boolean isFound = registry.find(new SchemaId.Numbered(1)).isPresent();
      assertThat(status).matches(each -> each == 200 || (each == 404 && !isFound));
    } catch (TransientFailure | ConfigurationFailure e) {
      assertThat(e.getMessage()).containsPattern("/schemas/ids/1|/subjects/");
    }
  }
}
