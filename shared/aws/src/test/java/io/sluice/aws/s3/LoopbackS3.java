package io.sluice.aws.s3;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.client.AwsEndpoints;
import java.net.URI;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** S3Proxy in this process, over objects in memory. */
public final class LoopbackS3 {
  private final S3Proxy proxy;
  private final AwsEndpoints endpoints;
  private final AwsClients clients;
  private int buckets;

  /** Starts it. */
  public LoopbackS3() throws Exception {
    this.proxy =
        S3Proxy.builder()
            .blobStore(BlobStores.create("transient-nio2", new Properties()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, "test", "test")
            .build();
    proxy.start();
    URI endpoint = URI.create("http://127.0.0.1:" + proxy.getPort());
    this.endpoints = new AwsEndpoints(endpoint, endpoint, "us-east-1", "test", "test");
    this.clients = new AwsClients(endpoints);
  }

  /** A new, empty bucket. */
  public String bucket() {
    String bucket = "lake-" + ++buckets;
    clients.s3().createBucket(request -> request.bucket(bucket));
    return bucket;
  }

  /** Where it is. */
  public AwsEndpoints endpoints() {
    return endpoints;
  }

  /** Clients of it. */
  public AwsClients clients() {
    return clients;
  }

  /** Stops it. */
  public void stop() throws Exception {
    clients.close();
    proxy.stop();
  }
}
