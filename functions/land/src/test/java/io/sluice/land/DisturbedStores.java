package io.sluice.land;

import io.sluice.core.forward.ForwardingStore;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;

/** Stores that do not crash and yet are in the way. */
final class DisturbedStores {
  private DisturbedStores() {}

  /** Reading an object fails when all its bytes have come, and its end has not. */
  static ObjectStore breakingOff(ObjectStore whole) {
    return new ForwardingStore(whole) {
      @Override
      public Optional<InputStream> open(SourceObject source) {
        return super.open(source).map(all -> new SequenceInputStream(all, new BrokenStream()));
      }
    };
  }

  /** {@code meanwhile} happens when the first object is about to be uploaded. */
  static ObjectStore stallingBeforeTheFirstUpload(ObjectStore whole, Runnable meanwhile) {
    return new ForwardingStore(whole) {
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
}
