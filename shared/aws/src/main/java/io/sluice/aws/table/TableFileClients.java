package io.sluice.aws.table;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.client.AwsEndpoints;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.aws.s3.S3FileIOAwsClientFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Gives Iceberg's file access the S3 client of {@link AwsClients}, with its time-outs, its bounded
 * retries, and without the request for leave to send a body that loses answers. Iceberg makes it by
 * its name.
 */
public final class TableFileClients implements S3FileIOAwsClientFactory {
  private static final long serialVersionUID = 1;

  private static final String ENDPOINT = "s3.endpoint";
  private static final String REGION = "client.region";
  private static final String ACCESS_KEY = "s3.access-key-id";
  private static final String SECRET_KEY = "s3.secret-access-key";

  /** 8 MiB: the largest body that the clients' time-outs are made for. */
  private static final int PART_BYTES = 8 << 20;

  private @Nullable AwsEndpoints endpoints;

  /** The catalog properties for services as the SDK's default chain finds them. */
  public static Map<String, String> properties() {
    return Map.of(
        "s3.client-factory-impl",
        TableFileClients.class.getName(),
        "s3.multipart.part-size-bytes",
        Integer.toString(PART_BYTES));
  }

  /** The catalog properties for services at known places. */
  public static Map<String, String> properties(AwsEndpoints endpoints) {
    Map<String, String> properties = new HashMap<>(properties());
    properties.put(ENDPOINT, endpoints.s3().toString());
    properties.put(REGION, endpoints.region());
    properties.put(ACCESS_KEY, endpoints.accessKey());
    properties.put(SECRET_KEY, endpoints.secretKey());
    return properties;
  }

  @Override
  public void initialize(Map<String, String> properties) {
    String endpoint = properties.get(ENDPOINT);
    if (endpoint != null) {
      URI uri = URI.create(endpoint);
      endpoints =
          new AwsEndpoints(
              uri,
              uri,
              properties.getOrDefault(REGION, ""),
              properties.getOrDefault(ACCESS_KEY, ""),
              properties.getOrDefault(SECRET_KEY, ""));
    }
  }

  @Override
  public S3Client s3() {
    return endpoints == null ? new AwsClients().s3() : new AwsClients(endpoints).s3();
  }

  @Override
  public S3AsyncClient s3Async() {
    throw new UnsupportedOperationException("Cannot make an asynchronous client: none is needed");
  }
}
