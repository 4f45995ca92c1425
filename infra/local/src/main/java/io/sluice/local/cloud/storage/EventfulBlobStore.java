package io.sluice.local.cloud.storage;

import io.sluice.local.cloud.event.Breakdown;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Tells of every new object before its writer is answered, so that no object is without its event;
 * and reports a full disk, which no retry can mend.
 */
final class EventfulBlobStore extends ForwardingBlobStore {
  private final ObjectEvents events;
  private final Breakdown breakdown;

  EventfulBlobStore(BlobStore store, ObjectEvents events, Breakdown breakdown) {
    super(store);
    this.events = events;
    this.breakdown = breakdown;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
    PutObjectResponse response = writing(() -> super.putBlob(request, content));
    events.created("ObjectCreated:Put", request.bucket(), request.key());
    return response;
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    CopyObjectResponse response = writing(() -> super.copyBlob(request));
    events.created("ObjectCreated:Copy", request.destinationBucket(), request.destinationKey());
    return response;
  }

  @Override
  public UploadPartResponse uploadMultipartPart(
      MultipartUpload upload, UploadPartRequest request, InputStream content) {
    return writing(() -> super.uploadMultipartPart(upload, request, content));
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    CompleteMultipartUploadResponse response =
        writing(() -> super.completeMultipartUpload(upload, request));
    events.created("ObjectCreated:CompleteMultipartUpload", request.bucket(), request.key());
    return response;
  }

  private <T> T writing(Supplier<T> write) {
    try {
      return write.get();
    } catch (RuntimeException e) {
      if (isFullDisk(e)) {
        breakdown.report("Cannot write to the lake: no space left on its disk");
      }
      throw e;
    }
  }

  /** The only trace that a full disk leaves in Java is the operating system's sentence. */
  static boolean isFullDisk(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      String message = each.getMessage();
      if (each instanceof IOException
          && message != null
          && (message.contains("No space left on device")
              || message.contains("Disk quota exceeded"))) {
        return true;
      }
    }
    return false;
  }

  /** Hears of new objects. */
  @FunctionalInterface
  interface ObjectEvents {
    void created(String event, String bucket, String key);
  }
}
