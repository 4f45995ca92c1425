package io.sluice.local.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.local.cloud.event.Breakdown;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class EventfulBlobStoreTest {
  @TempDir private Path folder;

  private final Breakdown breakdown = new Breakdown();
  private final List<String> created = new ArrayList<>();

  @Test
  void reportsAFullDiskAndAnnouncesNothing() {
    // Given
    BlobStore store = store();

    // When / Then
    assertThatThrownBy(() -> store.putBlob(put(), failing("No space left on device")))
        .isInstanceOf(RuntimeException.class);
    assertThat(breakdown.reason()).contains("Cannot write to the lake: no space left on its disk");
    assertThat(created).isEmpty();
  }

  @Test
  void takesABrokenConnectionForNoMoreThanItIs() {
    // Given
    BlobStore store = store();

    // When / Then
    assertThatThrownBy(() -> store.putBlob(put(), failing("Connection reset")))
        .isInstanceOf(RuntimeException.class);
    assertThat(breakdown.reason()).isEmpty();
    assertThat(created).isEmpty();
  }

  private BlobStore store() {
    BlobStore files = new FilesystemNio2BlobStore(folder.toString());
    files.createContainer("b");
    return new EventfulBlobStore(files, (event, bucket, key) -> created.add(key), breakdown);
  }

  private static PutObjectRequest put() {
    return PutObjectRequest.builder().bucket("b").key("k").build();
  }

  private static InputStream failing(String reason) {
    return new InputStream() {
      @Override
      public int read() {
        return read(new byte[1], 0, 1);
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        throw new UncheckedIOException(new IOException(reason));
      }
    };
  }
}
