package io.sluice.core.memory;

import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.StoredObject;
import io.sluice.core.port.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Object storage in memory; versions are checksums of the content, as ETags are. */
public final class InMemoryObjectStore implements ObjectStore {
  /** What S3 allows: "Amazon S3 User Guide", Naming Amazon S3 objects. */
  private static final int MOST_KEY_BYTES = 1024;

  private static final Comparator<ObjectName> BY_NAME =
      Comparator.comparing(ObjectName::bucket).thenComparing(ObjectName::key);

  private final ConcurrentNavigableMap<ObjectName, Held> objects =
      new ConcurrentSkipListMap<>(BY_NAME);
  private final InstantSource clock;

  /** An empty store whose objects are modified when {@code clock} says. */
  public InMemoryObjectStore(InstantSource clock) {
    this.clock = clock;
  }

  /** Puts an object, in the place of any other, and says what it is now. */
  public SourceObject put(ObjectName name, byte[] content) {
    Held held = held(name, content);
    objects.put(name, held);
    return held.object().source();
  }

  /** Takes an object away, as nothing in Sluice ever does. */
  public void remove(ObjectName name) {
    objects.remove(name);
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) {
    return Optional.ofNullable(objects.get(name)).map(Held::object);
  }

  @Override
  public Optional<StoredObject> find(SourceObject source) {
    return find(source.name()).filter(object -> object.source().equals(source));
  }

  @Override
  public Optional<InputStream> open(SourceObject source) {
    return Optional.ofNullable(objects.get(source.name()))
        .filter(held -> held.object().source().equals(source))
        .map(held -> new ByteArrayInputStream(held.content()));
  }

  @Override
  public Optional<byte[]> read(ObjectName name, int maxBytes) {
    Optional<byte[]> content =
        Optional.ofNullable(objects.get(name)).map(held -> held.content().clone());
    if (content.isPresent() && content.get().length > maxBytes) {
      throw new InvalidMessage(
          "Cannot read " + name + ": it is longer than " + maxBytes + " bytes");
    }
    return content;
  }

  @Override
  public PutOutcome putIfAbsent(ObjectName name, byte[] content) {
    return objects.putIfAbsent(name, held(name, content)) == null
        ? PutOutcome.CREATED
        : PutOutcome.EXISTED;
  }

  @Override
  public Upload upload(ObjectName name) {
    return new BufferedUpload(content -> put(name, content));
  }

  @Override
  public void list(String bucket, String prefix, Consumer<StoredObject> each) {
    List.copyOf(objects.values()).stream()
        .map(Held::object)
        .filter(object -> object.source().name().bucket().equals(bucket))
        .filter(object -> object.source().name().key().startsWith(prefix))
        .forEach(each);
  }

  private Held held(ObjectName name, byte[] content) {
    if (name.key().getBytes(StandardCharsets.UTF_8).length > MOST_KEY_BYTES) {
      throw new IllegalArgumentException(
          "Invalid key of more than " + MOST_KEY_BYTES + " bytes: " + name);
    }
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    String version = Long.toHexString(checksum.getValue()) + "-" + content.length;
    return new Held(
        new StoredObject(new SourceObject(name, version), content.length, clock.instant()),
        content.clone());
  }

  private static final class Held {
    private final StoredObject object;
    private final byte[] content;

    Held(StoredObject object, byte[] content) {
      this.object = object;
      this.content = content;
    }

    StoredObject object() {
      return object;
    }

    byte[] content() {
      return content;
    }
  }

  private static final class BufferedUpload extends Upload {
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final Consumer<byte[]> target;

    BufferedUpload(Consumer<byte[]> target) {
      this.target = target;
    }

    @Override
    public void write(int b) {
      buffer.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      buffer.write(bytes, offset, length);
    }

    @Override
    public void complete() {
      target.accept(buffer.toByteArray());
    }

    @Override
    public long position() {
      return buffer.size();
    }

    @Override
    public void close() {
      buffer.reset();
    }
  }
}
