package io.sluice.aws.s3;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object, all of them or an {@link IOException}. The JDK's HTTP client takes a
 * connection that breaks early for the end of the content, which would make a short object of a
 * long one.
 */
final class WholeObjectStream extends FilterInputStream {
  private final ResponseInputStream<GetObjectResponse> object;
  private long missing;

  WholeObjectStream(ResponseInputStream<GetObjectResponse> object) {
    super(object);
    this.object = object;
    this.missing = object.response().contentLength();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(bytes, offset, length);
    } catch (SdkException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (count < 0 && missing > 0) {
      throw new EOFException("the connection ended " + missing + " bytes before the object");
    }
    missing -= Math.max(count, 0);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return count <= 0 || read() < 0 ? 0 : 1;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Gives the connection up when there is more to come: to read on would cost more than it. */
  @Override
  public void close() throws IOException {
    if (missing > 0) {
      object.abort();
    }
    super.close();
  }
}
