package io.sluice.simulation.lake;

import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.iceberg.memory.StoreFiles;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Files of which the next to be read, or written, may fail. Several threads read at once, and any
 * of them may be the first: the call that they work for fails in every case.
 */
public final class SimulatedFiles extends StoreFiles {
  private static final long serialVersionUID = 1L;

  private final transient AtomicBoolean readFails = new AtomicBoolean();
  private final transient AtomicBoolean writeFails = new AtomicBoolean();

  /** The objects of {@code store}. */
  public SimulatedFiles(InMemoryObjectStore store) {
    super(store);
  }

  /** Whether the next file that is read cannot be. */
  public void failReading(boolean fails) {
    readFails.set(fails);
  }

  /** Whether the next file that is written cannot be. */
  public void failWriting(boolean fails) {
    writeFails.set(fails);
  }

  @Override
  public InputFile newInputFile(String location) {
    if (readFails.getAndSet(false)) {
      throw new RuntimeIOException("Cannot read a file: slow down");
    }
    return super.newInputFile(location);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    if (writeFails.getAndSet(false)) {
      throw new RuntimeIOException("Cannot write a file: slow down");
    }
    return super.newOutputFile(location);
  }
}
