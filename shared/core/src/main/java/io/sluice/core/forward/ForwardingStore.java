package io.sluice.core.forward;

import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.StoredObject;
import io.sluice.core.port.Upload;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** A store that is another one, but for what is overridden. */
public class ForwardingStore implements ObjectStore {
  private final ObjectStore whole;

  /** All of {@code whole}. */
  public ForwardingStore(ObjectStore whole) {
    this.whole = whole;
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) {
    return whole.find(name);
  }

  @Override
  public Optional<StoredObject> find(SourceObject source) {
    return whole.find(source);
  }

  @Override
  public Optional<InputStream> open(SourceObject source) {
    return whole.open(source);
  }

  @Override
  public Optional<byte[]> read(ObjectName name, int maxBytes) {
    return whole.read(name, maxBytes);
  }

  @Override
  public PutOutcome putIfAbsent(ObjectName name, byte[] content) {
    return whole.putIfAbsent(name, content);
  }

  @Override
  public Upload upload(ObjectName name) {
    return whole.upload(name);
  }

  @Override
  public void list(String bucket, String prefix, Consumer<StoredObject> each) {
    whole.list(bucket, prefix, each);
  }
}
