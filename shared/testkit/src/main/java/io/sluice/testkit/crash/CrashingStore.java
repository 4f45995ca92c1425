package io.sluice.testkit.crash;

import io.sluice.core.forward.ForwardingUpload;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.StoredObject;
import io.sluice.core.port.Upload;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** A store whose calls are counted; an upload is two of them, its start and its completion. */
final class CrashingStore implements ObjectStore {
  private final Crashes crashes;
  private final ObjectStore whole;

  CrashingStore(Crashes crashes, ObjectStore whole) {
    this.crashes = crashes;
    this.whole = whole;
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) {
    return crashes.call("find", () -> whole.find(name));
  }

  @Override
  public Optional<StoredObject> find(SourceObject source) {
    return crashes.call("find", () -> whole.find(source));
  }

  @Override
  public Optional<InputStream> open(SourceObject source) {
    return crashes.call("open", () -> whole.open(source));
  }

  @Override
  public Optional<byte[]> read(ObjectName name, int maxBytes) {
    return crashes.call("read", () -> whole.read(name, maxBytes));
  }

  @Override
  public PutOutcome putIfAbsent(ObjectName name, byte[] content) {
    return crashes.call("put " + kind(name), () -> whole.putIfAbsent(name, content));
  }

  @Override
  public Upload upload(ObjectName name) {
    Upload upload = crashes.call("start " + kind(name), () -> whole.upload(name));
    return new ForwardingUpload(upload) {
      @Override
      public void complete() {
        crashes.call("complete " + kind(name), super::complete);
      }
    };
  }

  @Override
  public void list(String bucket, String prefix, Consumer<StoredObject> each) {
    crashes.call("list", () -> whole.list(bucket, prefix, each));
  }

  private static String kind(ObjectName name) {
    return name.key().endsWith("manifest.json")
        ? "manifest"
        : name.key().substring(0, name.key().indexOf('/'));
  }
}
