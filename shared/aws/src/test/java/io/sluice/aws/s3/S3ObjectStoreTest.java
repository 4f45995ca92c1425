package io.sluice.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.Upload;
import io.sluice.testkit.port.ObjectStoreContract;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ObjectStoreTest extends ObjectStoreContract {
  private final LoopbackS3 server;
  private String bucket;
  private final S3ObjectStore store;

  S3ObjectStoreTest() throws Exception {
    this.server = new LoopbackS3();
    this.store = new S3ObjectStore(server.clients());
    this.bucket = "";
  }

  @BeforeEach
  void create() {
    bucket = server.bucket();
  }

  @AfterAll
  void stop() throws Exception {
    server.stop();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected String bucket() {
    return bucket;
  }

  @Test
  void leavesNoPartsBehindWhenAnUploadIsGivenUp() throws Exception {
    // When
    try (Upload upload = store.upload(new ObjectName(bucket(), "raw/half"))) {
      byte[] block = new byte[S3Upload.PART_BYTES + 1];
      upload.write(block, 0, block.length);
      assertThat(uploads()).hasSize(1);
    }

    // Then
    assertThat(uploads()).isEmpty();
  }

  @Test
  void knowsAnObjectByItsVersionWhereTheBucketKeepsVersions() throws Exception {
    // Given
    server
        .clients()
        .s3()
        .putBucketVersioning(
            request ->
                request
                    .bucket(bucket())
                    .versioningConfiguration(
                        versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
    ObjectName name = new ObjectName(bucket(), "landing/f");

    // When
    store.putIfAbsent(name, new byte[] {1});
    SourceObject first = store.find(name).orElseThrow().source();
    try (Upload upload = store.upload(name)) {
      upload.write(2);
      upload.complete();
    }

    // Then
    try (InputStream content = store.open(first).orElseThrow()) {
      assertThat(content.readAllBytes()).containsExactly(1);
    }
    assertThat(store.open(new SourceObject(name, "no-such-version"))).isEmpty();
  }

  @Test
  void saysThatTheBucketIsMissingRatherThanTheObject() {
    // Given
    ObjectName name = new ObjectName("nowhere", "raw/a");

    // Then
    assertThatThrownBy(() -> store.read(name, 1))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage("Cannot read s3://nowhere/raw/a: NoSuchBucket (status 404)");
    assertThatThrownBy(() -> store.putIfAbsent(name, new byte[0]))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage("Cannot write s3://nowhere/raw/a: NoSuchBucket (status 404)");
    assertThatThrownBy(() -> store.list("nowhere", "raw/", object -> {}))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage("Cannot list s3://nowhere/raw/: NoSuchBucket (status 404)");
  }

  @Test
  void namesAVersionTheSameFromWhereverItHearsOfIt() {
    assertThat(S3ObjectStore.version("", "\"abc\"")).isEqualTo("abc");
    assertThat(S3ObjectStore.version("null", "abc")).isEqualTo("abc");
    assertThat(S3ObjectStore.version("v1", "abc")).isEqualTo("v1");
  }

  private List<String> uploads() {
    return server
        .clients()
        .s3()
        .listMultipartUploads(request -> request.bucket(bucket()))
        .uploads()
        .stream()
        .map(upload -> upload.key())
        .toList();
  }
}
