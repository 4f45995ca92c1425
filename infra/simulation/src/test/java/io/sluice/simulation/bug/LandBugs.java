package io.sluice.simulation.bug;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.forward.ForwardingStore;
import io.sluice.core.forward.ForwardingUpload;
import io.sluice.core.gate.Layer;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.StoredObject;
import io.sluice.core.port.Upload;
import io.sluice.simulation.stage.Stage;
import io.sluice.simulation.stage.Wiring;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Bugs of land, and of batch loops. */
final class LandBugs {
  private LandBugs() {}

  static final class Swallowed extends Wiring {
    @Override
    public <M> Consumer<M> handler(Stage stage, Consumer<M> handler) {
      return message -> {
        try {
          handler.accept(message);
        } catch (RuntimeException e) {
          // The bug.
        }
      };
    }
  }

  static final class ManifestFirst extends Wiring {
    @Override
    public ObjectStore store(Stage stage, ObjectStore port) {
      return stage == Stage.LAND ? new LateStore(port) : port;
    }
  }

  /** A store in which the files of a batch appear after its manifest. */
  private static final class LateStore extends ForwardingStore {
    private final List<Upload> waiting = new ArrayList<>();

    LateStore(ObjectStore whole) {
      super(whole);
    }

    @Override
    public PutOutcome putIfAbsent(ObjectName name, byte[] content) {
      PutOutcome outcome = super.putIfAbsent(name, content);
      waiting.forEach(Upload::complete);
      waiting.clear();
      return outcome;
    }

    @Override
    public Upload upload(ObjectName name) {
      Upload whole = super.upload(name);
      return new ForwardingUpload(whole) {
        @Override
        public void complete() {
          waiting.add(whole);
        }

        @Override
        public void close() {}
      };
    }
  }

  static final class SilentOnLanded extends Wiring {
    private boolean wasLanded;

    @Override
    public ObjectStore store(Stage stage, ObjectStore port) {
      return stage != Stage.LAND
          ? port
          : new ForwardingStore(port) {
            @Override
            public Optional<StoredObject> find(SourceObject source) {
              wasLanded = false;
              return super.find(source);
            }

            @Override
            public Optional<byte[]> read(ObjectName name, int maxBytes) {
              Optional<byte[]> content = super.read(name, maxBytes);
              wasLanded |= content.isPresent() && name.key().endsWith("manifest.json");
              return content;
            }
          };
    }

    @Override
    public <M> Announcer<M> announcer(Stage stage, Announcer<M> port) {
      return message -> {
        if (stage != Stage.LAND || !wasLanded) {
          port.announce(message);
        }
      };
    }
  }

  static final class BatchGatesSkipped extends Wiring {
    @Override
    public Pipeline declared(Stage stage, Pipeline pipeline) {
      return new Pipeline(
          pipeline.name(),
          pipeline.version(),
          pipeline.owner(),
          pipeline.contract(),
          pipeline.ingestion(),
          pipeline.transformation(),
          pipeline.gates().stream().filter(gate -> gate.terms().layer() != Layer.RAW).toList(),
          pipeline.storage());
    }
  }

  static final class BrokenIsEnd extends Wiring {
    @Override
    public ObjectStore store(Stage stage, ObjectStore port) {
      return new ForwardingStore(port) {
        @Override
        public Optional<InputStream> open(SourceObject source) {
          return super.open(source).map(Forgiving::new);
        }
      };
    }
  }

  private static final class Forgiving extends FilterInputStream {
    Forgiving(InputStream whole) {
      super(whole);
    }

    @Override
    public int read() {
      try {
        return super.read();
      } catch (IOException e) {
        return -1;
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      try {
        return super.read(bytes, offset, length);
      } catch (IOException e) {
        return -1;
      }
    }
  }
}
