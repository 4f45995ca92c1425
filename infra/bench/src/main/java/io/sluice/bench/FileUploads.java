package io.sluice.bench;

import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.StoredObject;
import io.sluice.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A folder to which objects can be uploaded, and nothing else. */
record FileUploads(Path folder) implements ObjectStore {
  @Override
  public Upload upload(ObjectName name) {
    try {
      return new FileUpload(Files.newOutputStream(folder.resolve(name.key())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) {
    throw new UnsupportedOperationException("Only uploads are measured");
  }

  @Override
  public Optional<StoredObject> find(SourceObject source) {
    throw new UnsupportedOperationException("Only uploads are measured");
  }

  @Override
  public Optional<InputStream> open(SourceObject source) {
    throw new UnsupportedOperationException("Only uploads are measured");
  }

  @Override
  public Optional<byte[]> read(ObjectName name, int maxBytes) {
    throw new UnsupportedOperationException("Only uploads are measured");
  }

  @Override
  public PutOutcome putIfAbsent(ObjectName name, byte[] content) {
    throw new UnsupportedOperationException("Only uploads are measured");
  }

  @Override
  public void list(String bucket, String prefix, Consumer<StoredObject> each) {
    throw new UnsupportedOperationException("Only uploads are measured");
  }

  private static final class FileUpload extends Upload {
    private final OutputStream out;
    private long position;

    FileUpload(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void complete() {
      close();
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
