package io.sluice.local.cloud;

import io.sluice.local.cloud.event.Breakdown;
import io.sluice.local.cloud.storage.ObjectServer;
import io.sluice.local.cloud.template.BucketDeclaration;
import io.sluice.local.cloud.template.Template;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The objects and the catalog of a lake, without queues and functions: for who only reads, also
 * while an embedded cloud is at work on the same lake.
 */
public final class LocalStorage implements AutoCloseable {
  private final Template template;
  private final Lake lake;
  private final ObjectServer objects;

  private LocalStorage(Template template, Lake lake) {
    this.template = template;
    this.lake = lake;
    this.objects =
        ObjectServer.start(
            lake.objects(), 0, creation -> {}, new Breakdown(), InstantSource.system());
  }

  /**
   * Opens the storage of a lake that is there.
   *
   * @param root the folder of {@code sam-template.yaml}
   */
  public static LocalStorage open(Path folder, Path root) {
    QuietLogging.apply();
    return new LocalStorage(
        Template.read(root.toAbsolutePath(), Map.of()),
        Lake.existing(folder.toAbsolutePath().normalize()));
  }

  /** Where S3 listens. */
  public URI s3Endpoint() {
    return objects.endpoint();
  }

  /** A client of S3. */
  public S3Client s3() {
    return objects.client();
  }

  /** What the bucket with this id in the template is called. */
  public String bucket(String id) {
    return bucket(template, id);
  }

  /** The JDBC address of the catalog. */
  public String catalogUri() {
    return lake.catalogUri();
  }

  @Override
  public void close() {
    objects.close();
  }

  static String bucket(Template template, String id) {
    return template.buckets().stream()
        .filter(each -> each.id().equals(id))
        .map(BucketDeclaration::name)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Bucket does not exist: " + id));
  }
}
