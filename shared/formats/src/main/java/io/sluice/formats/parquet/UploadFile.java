package io.sluice.formats.parquet;

import io.sluice.core.port.Upload;
import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** An upload as parquet-java sees it. Closing the stream does not complete the upload. */
final class UploadFile implements OutputFile {
  private final Upload upload;
  private boolean abandoned;

  UploadFile(Upload upload) {
    this.upload = upload;
  }

  /** From now on, what is written goes nowhere: a writer can be closed without its footer. */
  void abandon() {
    abandoned = true;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new Position();
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return new Position();
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  private final class Position extends PositionOutputStream {
    @Override
    public long getPos() {
      return upload.position();
    }

    @Override
    public void write(int b) throws IOException {
      if (!abandoned) {
        upload.write(b);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!abandoned) {
        upload.write(bytes, offset, length);
      }
    }

    @Override
    public void flush() throws IOException {
      if (!abandoned) {
        upload.flush();
      }
    }
  }
}
