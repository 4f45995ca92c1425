package io.sluice.aws.glue;

import io.sluice.aws.client.AwsClients;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** Signed calls of Glue in AWS's JSON 1.1 protocol, one attempt each. */
final class GlueCalls {
  private static final String SERVICE = "glue";

  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final Supplier<Place> place;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  private GlueCalls(SdkHttpClient http, AwsCredentialsProvider credentials, Supplier<Place> place) {
    this.http = http;
    this.credentials = credentials;
    this.place = place;
  }

  /** Calls of Glue in the region, and with the credentials, that the SDK's own chains find. */
  static GlueCalls of(AwsClients clients) {
    return new GlueCalls(
        clients.http(), DefaultCredentialsProvider.builder().build(), GlueCalls::ownPlace);
  }

  /** Calls of Glue at a known place. */
  static GlueCalls at(
      URI endpoint, String region, AwsClients clients, AwsCredentialsProvider credentials) {
    return new GlueCalls(clients.http(), credentials, () -> new Place(endpoint, region));
  }

  private record Place(URI endpoint, String region) {}

  /** What Glue said. */
  record Answer(int status, String body) {}

  /**
   * Calls {@code operation}.
   *
   * @param maxBytes of the answer; a longer one is cut off
   * @throws software.amazon.awssdk.core.exception.SdkException when there are no credentials or no
   *     region
   */
  Answer call(String operation, String json, int maxBytes) throws IOException {
    Place where = place.get();
    ContentStreamProvider body = ContentStreamProvider.fromUtf8String(json);
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(where.endpoint())
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader(
                "Content-Length", Integer.toString(json.getBytes(StandardCharsets.UTF_8).length))
            .putHeader("X-Amz-Target", "AWSGlue." + operation)
            .build();
    SignedRequest signed =
        signer.sign(
            each ->
                each.identity(credentials.resolveCredentials())
                    .request(request)
                    .payload(body)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, where.region()));
    HttpExecuteResponse response =
        http.prepareRequest(
                HttpExecuteRequest.builder()
                    .request(signed.request())
                    .contentStreamProvider(signed.payload().orElse(body))
                    .build())
            .call();
    Optional<AbortableInputStream> answer = response.responseBody();
    try (InputStream in = answer.orElseGet(AbortableInputStream::createEmpty)) {
      return new Answer(
          response.httpResponse().statusCode(),
          new String(in.readNBytes(maxBytes), StandardCharsets.UTF_8));
    }
  }

  private static Place ownPlace() {
    Region region = DefaultAwsRegionProviderChain.builder().build().getRegion();
    return new Place(
        URI.create("https://" + ServiceMetadata.of(SERVICE).endpointFor(region)), region.id());
  }
}
