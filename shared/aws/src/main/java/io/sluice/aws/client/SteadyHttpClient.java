package io.sluice.aws.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The URL connection client without two of its surprises.
 *
 * <p>When a kept connection turns out to be closed as a body is sent, it throws an {@link
 * UncheckedIOException}, which the SDK neither retries nor makes an exception of its own.
 *
 * <p>When it asks for leave to send a body, as the SDK has it do for S3, the JDK loses an answer
 * that comes in the place of the leave, and waits five seconds where neither comes. Bodies here are
 * small enough to be sent unasked.
 */
public final class SteadyHttpClient implements SdkHttpClient {
  private static final String EXPECT = "Expect";

  private final SdkHttpClient client;

  SteadyHttpClient(SdkHttpClient client) {
    this.client = client;
  }

  /** Makes one for a client of the SDK, which then closes it, with the SDK's own time-outs. */
  public static Builder builder() {
    return new Builder();
  }

  /** See {@link SteadyHttpClient#builder}. */
  public static final class Builder implements SdkHttpClient.Builder<Builder> {
    private Builder() {}

    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
      return new SteadyHttpClient(UrlConnectionHttpClient.builder().buildWithDefaults(defaults));
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    SdkHttpRequest unasked = request.httpRequest().toBuilder().removeHeader(EXPECT).build();
    ExecutableHttpRequest prepared =
        client.prepareRequest(
            HttpExecuteRequest.builder()
                .request(unasked)
                .contentStreamProvider(request.contentStreamProvider().orElse(null))
                .build());
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        try {
          return prepared.call();
        } catch (UncheckedIOException e) {
          throw new IOException(e.getMessage(), e);
        }
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
  }
}
