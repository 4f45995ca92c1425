package io.sluice.iceberg.memory;

import io.sluice.core.id.ObjectName;
import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.core.port.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** Iceberg's files as objects of a store in memory, so that tables and raw batches are one lake. */
public class StoreFiles implements FileIO {
  private static final long serialVersionUID = 1L;

  private final transient InMemoryObjectStore store;

  /** The objects of {@code store}. */
  public StoreFiles(InMemoryObjectStore store) {
    this.store = store;
  }

  @Override
  public InputFile newInputFile(String location) {
    return new InMemoryInputFile(
        location,
        store
            .read(ObjectName.parse(location), Integer.MAX_VALUE)
            .orElseThrow(() -> new NotFoundException("File does not exist: %s", location)));
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return new StoreOutputFile(store, location);
  }

  @Override
  public void deleteFile(String location) {
    store.remove(ObjectName.parse(location));
  }

  private record StoreOutputFile(InMemoryObjectStore store, String location) implements OutputFile {
    @Override
    public PositionOutputStream create() {
      if (store.find(ObjectName.parse(location)).isPresent()) {
        throw new AlreadyExistsException("File is there already: %s", location);
      }
      return createOrOverwrite();
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      return new UploadStream(store.upload(ObjectName.parse(location)));
    }

    @Override
    public InputFile toInputFile() {
      return new StoreFiles(store).newInputFile(location);
    }
  }

  private static final class UploadStream extends PositionOutputStream {
    private final Upload upload;
    private long position;
    private boolean closed;

    UploadStream(Upload upload) {
      this.upload = upload;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) {
      try {
        upload.write(b);
        position++;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      upload.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        upload.complete();
        upload.close();
      }
    }
  }
}
