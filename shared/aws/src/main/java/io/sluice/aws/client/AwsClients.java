package io.sluice.aws.client;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** One S3 client and one SQS client over one HTTP client, made once per process. */
public final class AwsClients implements AutoCloseable {
  /** The first try and three more, which ride out a throttled second with the SDK's back-off. */
  public static final int MAX_ATTEMPTS = 4;

  /** Both services answer a connection in milliseconds, or not at all. */
  public static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);

  /** The longest silence between two bytes. */
  public static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(20);

  /** One attempt: 8 MiB at 400 kB/s, the largest body that is ever sent, at a poor rate. */
  public static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(20);

  /** One call with all its attempts: shorter than any function's own time-out. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(50);

  private static final int CONFLICT = 409;

  private final SdkHttpClient http;
  private final S3Client s3;
  private final SqsClient sqs;

  /** Region, credentials and endpoints as the SDK's own default chain finds them. */
  public AwsClients() {
    this(S3Client.builder(), SqsClient.builder());
  }

  /** For services at known places. */
  public AwsClients(AwsEndpoints endpoints) {
    this(
        at(endpoints, S3Client.builder().endpointOverride(endpoints.s3()).forcePathStyle(true)),
        at(endpoints, SqsClient.builder().endpointOverride(endpoints.sqs())));
  }

  private AwsClients(S3ClientBuilder s3, SqsClientBuilder sqs) {
    this.http =
        new SteadyHttpClient(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECTION_TIMEOUT)
                .socketTimeout(SOCKET_TIMEOUT)
                .build());
    this.s3 = s3.httpClient(http).overrideConfiguration(limits()).build();
    this.sqs = sqs.httpClient(http).overrideConfiguration(limits()).build();
  }

  /** The S3 client, to be closed with this. */
  public S3Client s3() {
    return s3;
  }

  /** The SQS client, to be closed with this. */
  public SqsClient sqs() {
    return sqs;
  }

  /**
   * {@code builder}, of a service that one function alone talks to, with the HTTP client and the
   * limits of the others; its client is done with when this is closed.
   */
  public <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B configured(
      B builder) {
    return builder.httpClient(http).overrideConfiguration(limits());
  }

  /** The HTTP client of both, to be closed with this. */
  public SdkHttpClient http() {
    return http;
  }

  @Override
  public void close() {
    s3.close();
    sqs.close();
    http.close();
  }

  private static <B extends AwsClientBuilder<B, ?>> B at(AwsEndpoints endpoints, B builder) {
    return builder
        .region(Region.of(endpoints.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(endpoints.accessKey(), endpoints.secretKey())));
  }

  private static ClientOverrideConfiguration limits() {
    StandardRetryStrategy retries =
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(MAX_ATTEMPTS)
            .retryOnException(AwsClients::isConflict)
            .build();
    return ClientOverrideConfiguration.builder()
        .apiCallTimeout(CALL_TIMEOUT)
        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
        .retryStrategy(retries)
        .build();
  }

  /** S3 answers so when two conditional writes of one key race, and wants to be asked again. */
  private static boolean isConflict(Throwable failure) {
    return failure instanceof AwsServiceException service && service.statusCode() == CONFLICT;
  }
}
