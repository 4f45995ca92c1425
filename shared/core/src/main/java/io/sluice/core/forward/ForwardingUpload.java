package io.sluice.core.forward;

import io.sluice.core.port.Upload;
import java.io.IOException;

/** An upload that is another one, but for what is overridden. */
public class ForwardingUpload extends Upload {
  private final Upload whole;

  /** All of {@code whole}. */
  public ForwardingUpload(Upload whole) {
    this.whole = whole;
  }

  @Override
  public void write(int b) throws IOException {
    whole.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    whole.write(bytes, offset, length);
  }

  @Override
  public void complete() {
    whole.complete();
  }

  @Override
  public long position() {
    return whole.position();
  }

  @Override
  public void close() {
    whole.close();
  }
}
