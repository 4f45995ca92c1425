package io.sluice.aws.s3;

import io.sluice.aws.client.AwsFailures;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.port.Upload;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * An object on its way into S3: one request when it fits into one part, else an upload in parts. At
 * most one part is held in memory. After a part that could not be sent the upload can only be
 * closed.
 */
final class S3Upload extends Upload {
  /** S3 wants at least 5 MiB; more makes fewer requests and costs memory. */
  static final int PART_BYTES = 8 * 1024 * 1024;

  /** The most parts that S3 takes; with this part size, 78 GiB. */
  static final int MAX_PARTS = 10_000;

  private static final Logger LOG = Logger.getLogger(S3Upload.class);
  private static final int FIRST_BUFFER_BYTES = 64 * 1024;
  private static final String CONTENT_TYPE = "application/octet-stream";

  private enum State {
    OPEN,
    BROKEN,
    DONE
  }

  private final S3Client client;
  private final ObjectName name;
  private final List<CompletedPart> parts = new ArrayList<>();
  private State state = State.OPEN;
  private String uploadId = "";
  private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
  private int buffered;
  private long position;

  S3Upload(S3Client client, ObjectName name) {
    this.client = client;
    this.name = name;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    requireOpen();
    int from = offset;
    int left = length;
    while (left > 0) {
      if (buffered == PART_BYTES) {
        sendPart();
      }
      int count = Math.min(left, PART_BYTES - buffered);
      reserve(buffered + count);
      System.arraycopy(bytes, from, buffer, buffered, count);
      buffered += count;
      from += count;
      left -= count;
    }
    position += length;
  }

  @Override
  public void complete() {
    requireOpen();
    if (uploadId.isEmpty()) {
      call(
          () ->
              client.putObject(
                  request -> request.bucket(name.bucket()).key(name.key()), bufferedBody()));
    } else {
      sendPart();
      call(
          () ->
              client.completeMultipartUpload(
                  request ->
                      request
                          .bucket(name.bucket())
                          .key(name.key())
                          .uploadId(uploadId)
                          .multipartUpload(upload -> upload.parts(parts))));
    }
    state = State.DONE;
    buffer = new byte[0];
  }

  @Override
  public long position() {
    return position;
  }

  /** Never throws: parts that cannot be removed are left to the bucket's life-cycle rule. */
  @Override
  public void close() {
    if (state != State.DONE && !uploadId.isEmpty()) {
      try {
        client.abortMultipartUpload(
            request -> request.bucket(name.bucket()).key(name.key()).uploadId(uploadId));
      } catch (SdkException e) {
        LOG.warnf(e, "Parts of an unfinished upload stay behind: %s", name);
      }
    }
    state = State.DONE;
    buffer = new byte[0];
  }

  private void sendPart() {
    if (parts.size() == MAX_PARTS) {
      state = State.BROKEN;
      throw new ConfigurationFailure(
          "Cannot write " + name + ": it is longer than " + MAX_PARTS + " parts");
    }
    if (uploadId.isEmpty()) {
      uploadId =
          call(
              () ->
                  client
                      .createMultipartUpload(
                          request -> request.bucket(name.bucket()).key(name.key()))
                      .uploadId());
    }
    int number = parts.size() + 1;
    UploadPartResponse part =
        call(
            () ->
                client.uploadPart(
                    request ->
                        request
                            .bucket(name.bucket())
                            .key(name.key())
                            .uploadId(uploadId)
                            .partNumber(number),
                    bufferedBody()));
    parts.add(
        CompletedPart.builder()
            .partNumber(number)
            .eTag(part.eTag())
            .checksumCRC32(part.checksumCRC32())
            .build());
    buffered = 0;
  }

  private <T> T call(Supplier<T> request) {
    state = State.BROKEN;
    try {
      T answer = request.get();
      state = State.OPEN;
      return answer;
    } catch (SdkException e) {
      throw AwsFailures.of("write " + name, e);
    }
  }

  private RequestBody bufferedBody() {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(buffer, 0, buffered), buffered, CONTENT_TYPE);
  }

  private void reserve(int needed) {
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(PART_BYTES, Math.max(needed, 2 * buffer.length)));
    }
  }

  private void requireOpen() {
    if (state != State.OPEN) {
      throw new IllegalStateException("Cannot write " + name + ": its upload is over or broken");
    }
  }
}
