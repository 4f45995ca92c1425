package io.sluice.simulation.stage;

import io.sluice.core.forward.ForwardingUpload;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.StoredObject;
import io.sluice.core.port.Upload;
import io.sluice.simulation.fault.Fault;
import io.sluice.simulation.fault.Faults;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Objects of which any call may go wrong; an upload is two of them. */
final class FaultyStore implements ObjectStore {
  private static final Set<Fault> OF_STREAMS = Fault.with(Fault.OF_READS, Fault.BROKEN_STREAM);

  private final ObjectStore whole;
  private final Faults faults;

  FaultyStore(ObjectStore whole, Faults faults) {
    this.whole = whole;
    this.faults = faults;
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) {
    return faults.call("store.find " + kind(name), Fault.OF_READS, () -> whole.find(name));
  }

  @Override
  public Optional<StoredObject> find(SourceObject source) {
    return faults.call(
        "store.find " + kind(source.name()), Fault.OF_READS, () -> whole.find(source));
  }

  @Override
  public Optional<InputStream> open(SourceObject source) {
    String call = "store.open " + kind(source.name());
    Fault fault = faults.begin(call, OF_STREAMS);
    Optional<InputStream> content =
        whole.open(source).map(in -> fault == Fault.BROKEN_STREAM ? new BrokenStream(in) : in);
    faults.end(call, fault);
    return content;
  }

  @Override
  public Optional<byte[]> read(ObjectName name, int maxBytes) {
    return faults.call(
        "store.read " + kind(name), Fault.OF_READS, () -> whole.read(name, maxBytes));
  }

  @Override
  public PutOutcome putIfAbsent(ObjectName name, byte[] content) {
    return faults.call(
        "store.put " + kind(name), Fault.OF_EFFECTS, () -> whole.putIfAbsent(name, content));
  }

  @Override
  public Upload upload(ObjectName name) {
    Upload upload =
        faults.call("store.start " + kind(name), Fault.OF_READS, () -> whole.upload(name));
    return new FaultyUpload(upload, "store.complete " + kind(name), faults);
  }

  @Override
  public void list(String bucket, String prefix, Consumer<StoredObject> each) {
    whole.list(bucket, prefix, each);
  }

  private static String kind(ObjectName name) {
    String key = name.key();
    return key.endsWith("manifest.json")
        ? "manifest"
        : key.endsWith("release.json") ? "release" : key.substring(0, key.indexOf('/'));
  }

  private static final class FaultyUpload extends ForwardingUpload {
    private final String name;
    private final Faults faults;

    FaultyUpload(Upload whole, String name, Faults faults) {
      super(whole);
      this.name = name;
      this.faults = faults;
    }

    @Override
    public void complete() {
      Fault fault = faults.begin(name, Fault.OF_EFFECTS);
      super.complete();
      faults.end(name, fault);
    }
  }

  /** Breaks off after the first bytes. */
  private static final class BrokenStream extends FilterInputStream {
    private int left = 10;

    BrokenStream(InputStream whole) {
      super(whole);
    }

    @Override
    public int read() throws IOException {
      requireWhole();
      left--;
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      requireWhole();
      int read = super.read(bytes, offset, Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }

    private void requireWhole() throws IOException {
      if (left == 0) {
        throw new IOException("Connection reset");
      }
    }
  }
}
