package io.sluice.land;

import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.StoredObject;
import io.sluice.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Ports whose calls are counted together, and one of which dies: before it has an effect or after.
 */
final class Crashes {
  /** Where in a call the process dies. */
  enum Moment {
    BEFORE,
    AFTER
  }

  private final int fatalCall;
  private final Moment moment;
  private final List<String> calls = new ArrayList<>();

  /** The {@code fatalCall}th call dies, counted from 0. */
  Crashes(int fatalCall, Moment moment) {
    this.fatalCall = fatalCall;
    this.moment = moment;
  }

  /** No call dies. */
  static Crashes none() {
    return new Crashes(-1, Moment.BEFORE);
  }

  /** The calls so far, with their effects. */
  List<String> calls() {
    return calls;
  }

  <M> Announcer<M> announcer(Announcer<M> whole) {
    return message -> call("announce", () -> whole.announce(message));
  }

  ObjectStore store(ObjectStore whole) {
    return new Store(whole, content -> content);
  }

  /** Reading an object fails when all its bytes have come, and its end has not. */
  ObjectStore storeWhoseObjectsBreakOff(ObjectStore whole) {
    return new Store(whole, content -> new SequenceInputStream(content, new BrokenStream()));
  }

  /** {@code meanwhile} happens when the first object is about to be uploaded. */
  ObjectStore storeThatStallsBeforeItsFirstUpload(ObjectStore whole, Runnable meanwhile) {
    return new Store(whole, content -> content) {
      private boolean stalled;

      @Override
      public Upload upload(ObjectName name) {
        if (!stalled) {
          stalled = true;
          meanwhile.run();
        }
        return super.upload(name);
      }
    };
  }

  private static final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }
  }

  private void call(String name, Runnable effect) {
    call(
        name,
        () -> {
          effect.run();
          return name;
        });
  }

  private <T> T call(String name, Supplier<T> effect) {
    boolean dies = calls.size() == fatalCall;
    calls.add(name);
    if (dies && moment == Moment.BEFORE) {
      throw new TransientFailure("Died before " + name);
    }
    T result = effect.get();
    if (dies) {
      throw new TransientFailure("Died after " + name);
    }
    return result;
  }

  private class Store implements ObjectStore {
    private final ObjectStore whole;
    private final UnaryOperator<InputStream> opened;

    Store(ObjectStore whole, UnaryOperator<InputStream> opened) {
      this.whole = whole;
      this.opened = opened;
    }

    @Override
    public Optional<StoredObject> find(ObjectName name) {
      return call("find", () -> whole.find(name));
    }

    @Override
    public Optional<StoredObject> find(SourceObject source) {
      return call("find", () -> whole.find(source));
    }

    @Override
    public Optional<InputStream> open(SourceObject source) {
      return call("open", () -> whole.open(source).map(opened));
    }

    @Override
    public Optional<byte[]> read(ObjectName name, int maxBytes) {
      return call("read", () -> whole.read(name, maxBytes));
    }

    @Override
    public PutOutcome putIfAbsent(ObjectName name, byte[] content) {
      return call("put " + kind(name), () -> whole.putIfAbsent(name, content));
    }

    @Override
    public Upload upload(ObjectName name) {
      Upload upload = call("start " + kind(name), () -> whole.upload(name));
      return new Upload() {
        @Override
        public void write(int b) throws IOException {
          upload.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          upload.write(bytes, offset, length);
        }

        @Override
        public void complete() {
          call("complete " + kind(name), upload::complete);
        }

        @Override
        public long position() {
          return upload.position();
        }

        @Override
        public void close() {
          upload.close();
        }
      };
    }

    @Override
    public void list(String bucket, String prefix, Consumer<StoredObject> each) {
      call("list", () -> whole.list(bucket, prefix, each));
    }
  }

  private static String kind(ObjectName name) {
    return name.key().endsWith("manifest.json")
        ? "manifest"
        : name.key().substring(0, name.key().indexOf('/'));
  }
}
