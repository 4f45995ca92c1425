package io.sluice.local.cloud.storage;

import io.sluice.aws.client.SteadyHttpClient;
import io.sluice.core.failure.TransientFailure;
import io.sluice.local.cloud.event.Breakdown;
import io.sluice.local.cloud.template.Template;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** S3 on the loopback interface over a folder that has one folder for each bucket. */
public final class ObjectServer implements AutoCloseable {
  private static final String LOOPBACK = "http://127.0.0.1:";

  /** At once: whoever is still connected when the cloud ends is one of its own clients. */
  private static final long STOP_MILLIS = 0;

  private final S3Proxy server;
  private final S3Client client;
  private final BlobStore store;
  private final InstantSource clock;
  private final AtomicLong sequence = new AtomicLong();

  private ObjectServer(
      Path objects,
      int port,
      Consumer<ObjectCreation> listener,
      Breakdown breakdown,
      InstantSource clock) {
    this.clock = clock;
    store = new TaggedBlobStore(new FilesystemNio2BlobStore(objects.toString()), objects);
    server =
        S3Proxy.builder()
            .blobStore(
                new EventfulBlobStore(
                    store,
                    (event, bucket, key) -> listener.accept(creation(event, bucket, key)),
                    breakdown))
            .endpoint(URI.create(LOOPBACK + port))
            .awsAuthentication(AuthenticationType.NONE, "", "")
            .ignoreUnknownHeaders(true)
            .stopTimeout(STOP_MILLIS)
            .build();
    listen(port);
    client = client(endpoint());
  }

  /**
   * Starts to serve the folder {@code objects}.
   *
   * @param port 0 for any that is free
   * @param listener hears of every new object before its writer is answered; when it throws, the
   *     writer is told that it failed
   */
  public static ObjectServer start(
      Path objects,
      int port,
      Consumer<ObjectCreation> listener,
      Breakdown breakdown,
      InstantSource clock) {
    return new ObjectServer(objects, port, listener, breakdown, clock);
  }

  /** Where it listens. By its number, so that clients put the bucket into the path. */
  public URI endpoint() {
    return URI.create(LOOPBACK + server.getPort());
  }

  /** A client of it. */
  public S3Client client() {
    return client;
  }

  /** Makes a bucket, unless it is there. */
  public void createBucket(String name) {
    if (!store.containerExists(name)) {
      store.createContainer(name);
    }
  }

  /** The event of an object as it stands now, as if it had just been put. */
  public ObjectCreation creation(String bucket, String key) {
    return creation("ObjectCreated:Put", bucket, key);
  }

  @Override
  public void close() {
    client.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new TransientFailure("Cannot stop S3: " + e.getMessage(), e);
    }
  }

  private ObjectCreation creation(String event, String bucket, String key) {
    HeadObjectResponse object =
        store.blobMetadata(HeadObjectRequest.builder().bucket(bucket).key(key).build());
    long now = Math.multiplyExact(clock.millis(), 1_000_000L);
    return new ObjectCreation(
        event,
        bucket,
        key,
        object.eTag().replace("\"", ""),
        object.contentLength(),
        sequence.accumulateAndGet(now, (last, next) -> Math.max(last + 1, next)),
        clock.instant());
  }

  private void listen(int port) {
    try {
      server.start();
    } catch (Exception e) {
      for (Throwable each = e; each != null; each = each.getCause()) {
        if (each instanceof BindException) {
          throw new TransientFailure("Cannot start S3: port " + port + " is in use", e);
        }
      }
      throw new TransientFailure("Cannot start S3: " + e.getMessage(), e);
    }
  }

  private static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.of(Template.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("sluice", "sluice")))
        .httpClientBuilder(SteadyHttpClient.builder())
        .build();
  }
}
