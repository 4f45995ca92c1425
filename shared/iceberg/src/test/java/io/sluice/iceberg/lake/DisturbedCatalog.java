package io.sluice.iceberg.lake;

import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.iceberg.memory.MemoryCatalog;
import io.sluice.iceberg.memory.StoreFiles;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.InputFile;

/**
 * A catalog in memory whose commits can be disturbed: something may be made to happen just before
 * or just after the next of them takes effect, or between looking and committing.
 */
public final class DisturbedCatalog extends MemoryCatalog {
  private final Queue<Runnable> before = new ArrayDeque<>();
  private final Queue<Runnable> after = new ArrayDeque<>();
  private final Queue<Runnable> refreshed = new ArrayDeque<>();

  private final List<String> opened;

  DisturbedCatalog(InMemoryObjectStore store) {
    this(store, new CopyOnWriteArrayList<>());
  }

  private DisturbedCatalog(InMemoryObjectStore store, List<String> opened) {
    super(new NotedFiles(store, opened));
    this.opened = opened;
  }

  /** Notes which files are opened to be read. */
  private static final class NotedFiles extends StoreFiles {
    private static final long serialVersionUID = 1L;

    private final transient List<String> opened;

    NotedFiles(InMemoryObjectStore store, List<String> opened) {
      super(store);
      this.opened = opened;
    }

    @Override
    public InputFile newInputFile(String location) {
      opened.add(location);
      return super.newInputFile(location);
    }
  }

  /** Every file that was opened to be read, once for each time; may be cleared. */
  public List<String> opened() {
    return opened;
  }

  /** Runs {@code disturbance} when the next commit is about to take effect. */
  public void beforeNextCommit(Runnable disturbance) {
    before.add(disturbance);
  }

  /** Runs {@code disturbance} when the next commit has taken effect and nobody knows yet. */
  public void afterNextCommit(Runnable disturbance) {
    after.add(disturbance);
  }

  /** Runs {@code disturbance} when somebody has just read where a table stands. */
  public void afterNextRefresh(Runnable disturbance) {
    refreshed.add(disturbance);
  }

  @Override
  protected void refreshed(TableIdentifier table) {
    disturb(refreshed);
  }

  @Override
  protected void committing(TableIdentifier table, TableMetadata metadata) {
    disturb(before);
  }

  @Override
  protected void committed(TableIdentifier table, TableMetadata metadata) {
    disturb(after);
  }

  private static void disturb(Queue<Runnable> disturbances) {
    Runnable next = disturbances.poll();
    if (next != null) {
      next.run();
    }
  }
}
