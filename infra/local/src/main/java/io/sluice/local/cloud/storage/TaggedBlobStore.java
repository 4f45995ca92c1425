package io.sluice.local.cloud.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Gives every object an ETag that lasts as long as its content. S3Proxy keeps it in an extended
 * attribute of the file and has none, nor checks {@code If-Match}, where the file system has no
 * such attributes or the file was copied in beside it; such an object's ETag is the MD5 of its
 * content.
 */
final class TaggedBlobStore extends ForwardingBlobStore {
  /** Enough for every file of a large table; beyond it, content is read again. */
  private static final int MAX_REMEMBERED = 100_000;

  private final Path objects;
  private final Map<Path, Tag> remembered = new ConcurrentHashMap<>();

  TaggedBlobStore(BlobStore store, Path objects) {
    super(store);
    this.objects = objects;
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    HeadObjectResponse head = super.blobMetadata(request);
    return head.eTag() != null
        ? head
        : head.toBuilder().eTag(tag(request.bucket(), request.key())).build();
  }

  @Override
  public @Nullable ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    ResponseInputStream<GetObjectResponse> content = super.getBlob(request);
    if (content == null || content.response().eTag() != null) {
      return content;
    }
    String tag = tag(request.bucket(), request.key());
    String wanted = request.ifMatch();
    if (wanted != null && !wanted.equals("*") && !wanted.replace("\"", "").equals(tag)) {
      content.abort();
      throw S3Exceptions.fromStatusCode(412);
    }
    return new ResponseInputStream<>(
        content.response().toBuilder().eTag(tag).build(), (InputStream) content);
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    ListObjectsV2Response page = super.list(request);
    return page.toBuilder()
        .contents(page.contents().stream().map(each -> tagged(request.bucket(), each)).toList())
        .build();
  }

  private S3Object tagged(String bucket, S3Object object) {
    return object.eTag() != null
        ? object
        : object.toBuilder().eTag(tag(bucket, object.key())).build();
  }

  private String tag(String bucket, String key) {
    Path file = objects.resolve(bucket).resolve(key);
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      Tag known = remembered.get(file);
      if (known != null && known.isOf(now)) {
        return known.md5();
      }
      Tag tag = new Tag(now.size(), now.lastModifiedTime(), md5(file));
      if (remembered.size() >= MAX_REMEMBERED) {
        remembered.clear();
      }
      remembered.put(file, tag);
      return tag.md5();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static String md5(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
    try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private record Tag(long sizeBytes, FileTime modified, String md5) {
    boolean isOf(BasicFileAttributes file) {
      return sizeBytes == file.size() && modified.equals(file.lastModifiedTime());
    }
  }
}
