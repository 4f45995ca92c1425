package io.sluice.aws.s3;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.client.AwsFailures;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.StoredObject;
import io.sluice.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in S3. A version is S3's version id where the bucket keeps versions, else the ETag.
 *
 * <p>{@link #putIfAbsent} may say that an object existed when an earlier attempt of the same call
 * wrote it and the answer was lost: whoever must know reads what is there.
 */
public final class S3ObjectStore implements ObjectStore {
  /** How S3 says that an object was written while its bucket kept no versions. */
  private static final String NO_VERSION = "null";

  /**
   * An MD5 in hex, with the number of parts after an upload in several. A version id has letters
   * beyond these.
   */
  private static final Pattern ETAG = Pattern.compile("[0-9a-f]{32}(-[0-9]+)?");

  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_FOUND = 404;

  private final S3Client client;

  /** The objects that {@code clients} may see. */
  public S3ObjectStore(AwsClients clients) {
    this.client = clients.s3();
  }

  /**
   * The version that an object is known by. Whoever hears of an object from S3 must name its
   * version by this, or one object becomes two batches.
   *
   * @param versionId as S3 says it; empty when it says none
   * @param etag with or without quotes
   */
  public static String version(String versionId, String etag) {
    return versionId.isEmpty() || versionId.equals(NO_VERSION) ? etag.replace("\"", "") : versionId;
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) {
    return head(name, HeadObjectRequest.builder());
  }

  @Override
  public Optional<StoredObject> find(SourceObject source) {
    HeadObjectRequest.Builder request = HeadObjectRequest.builder();
    if (!ETAG.matcher(source.version()).matches()) {
      request.versionId(source.version());
    }
    return head(source.name(), request).filter(object -> object.source().equals(source));
  }

  private Optional<StoredObject> head(ObjectName name, HeadObjectRequest.Builder request) {
    try {
      HeadObjectResponse head =
          client.headObject(request.bucket(name.bucket()).key(name.key()).build());
      String versionId = head.versionId() == null ? "" : head.versionId();
      return Optional.of(
          new StoredObject(
              new SourceObject(name, version(versionId, head.eTag())),
              head.contentLength(),
              head.lastModified()));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw AwsFailures.of("look up " + name, e);
    }
  }

  /** Ends with an {@link IOException} when the connection brings fewer bytes than S3 announced. */
  @Override
  public Optional<InputStream> open(SourceObject source) {
    GetObjectRequest.Builder request = request(source.name());
    if (ETAG.matcher(source.version()).matches()) {
      request.ifMatch("\"" + source.version() + "\"");
    } else {
      request.versionId(source.version());
    }
    return open(source.name(), request.build()).map(WholeObjectStream::new);
  }

  @Override
  public Optional<byte[]> read(ObjectName name, int maxBytes) {
    Optional<ResponseInputStream<GetObjectResponse>> object = open(name, request(name).build());
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream content = new WholeObjectStream(object.get())) {
      long length = object.get().response().contentLength();
      if (length > maxBytes) {
        throw new InvalidMessage(
            "Cannot read " + name + ": it is longer than " + maxBytes + " bytes");
      }
      return Optional.of(content.readNBytes((int) length));
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + name + ": " + e.getMessage(), e);
    } catch (SdkException e) {
      throw AwsFailures.of("read " + name, e);
    }
  }

  @Override
  public PutOutcome putIfAbsent(ObjectName name, byte[] content) {
    try {
      client.putObject(
          request -> request.bucket(name.bucket()).key(name.key()).ifNoneMatch("*"),
          RequestBody.fromBytes(content));
      return PutOutcome.CREATED;
    } catch (SdkException e) {
      if (isAnswer(e, PRECONDITION_FAILED)) {
        return PutOutcome.EXISTED;
      }
      throw AwsFailures.of("write " + name, e);
    }
  }

  @Override
  public Upload upload(ObjectName name) {
    return new S3Upload(client, name);
  }

  /**
   * {@inheritDoc}
   *
   * <p>S3 lists ETags only: where the bucket keeps versions, {@link #find} an object before its
   * batch is named.
   */
  @Override
  public void list(String bucket, String prefix, Consumer<StoredObject> each) {
    try {
      for (S3Object object :
          client
              .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
              .contents()) {
        each.accept(
            new StoredObject(
                new SourceObject(new ObjectName(bucket, object.key()), version("", object.eTag())),
                object.size(),
                object.lastModified()));
      }
    } catch (SdkException e) {
      throw AwsFailures.of("list s3://" + bucket + "/" + prefix, e);
    }
  }

  private Optional<ResponseInputStream<GetObjectResponse>> open(
      ObjectName name, GetObjectRequest request) {
    try {
      return Optional.of(client.getObject(request));
    } catch (SdkException e) {
      if (isAnswer(e, PRECONDITION_FAILED) || isAbsent(e)) {
        return Optional.empty();
      }
      throw AwsFailures.of("read " + name, e);
    }
  }

  private static GetObjectRequest.Builder request(ObjectName name) {
    return GetObjectRequest.builder().bucket(name.bucket()).key(name.key());
  }

  /** A missing bucket is no missing object. */
  private static boolean isAbsent(SdkException e) {
    return isAnswer(e, NOT_FOUND) && !(e instanceof NoSuchBucketException);
  }

  private static boolean isAnswer(SdkException e, int status) {
    return e instanceof S3Exception answer && answer.statusCode() == status;
  }
}
