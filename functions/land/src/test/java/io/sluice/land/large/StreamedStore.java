package io.sluice.land.large;

import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.StoredObject;
import io.sluice.core.port.Upload;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A store with one source object; of what is uploaded it keeps the size, of the rest all. */
final class StreamedStore implements ObjectStore {
  static final SourceObject SOURCE =
      new SourceObject(new ObjectName("landing", "landing/large/object"), "1");

  private final Repeated content;
  private final Map<String, byte[]> objects = new TreeMap<>();
  private long uploadedBytes;

  StreamedStore(Repeated content) {
    this.content = content;
  }

  /** How many bytes were uploaded. */
  long uploadedBytes() {
    return uploadedBytes;
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) {
    return Optional.empty();
  }

  @Override
  public Optional<StoredObject> find(SourceObject source) {
    return Optional.of(new StoredObject(source, content.bytes(), Instant.EPOCH));
  }

  @Override
  public Optional<InputStream> open(SourceObject source) {
    return Optional.of(content.open());
  }

  @Override
  public Optional<byte[]> read(ObjectName name, int maxBytes) {
    return Optional.ofNullable(objects.get(name.toString()));
  }

  @Override
  public PutOutcome putIfAbsent(ObjectName name, byte[] put) {
    return objects.putIfAbsent(name.toString(), put) == null
        ? PutOutcome.CREATED
        : PutOutcome.EXISTED;
  }

  @Override
  public void list(String bucket, String prefix, Consumer<StoredObject> each) {}

  @Override
  public Upload upload(ObjectName name) {
    return new Upload() {
      private long position;

      @Override
      public void write(int b) {
        position++;
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        position += length;
      }

      @Override
      public void complete() {
        uploadedBytes += position;
      }

      @Override
      public long position() {
        return position;
      }

      @Override
      public void close() {}
    };
  }
}
