package io.sluice.local.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * The folder of an embedded cloud: {@code objects/} with one folder for each bucket, {@code
 * catalog.db}, {@code logs/}, {@code tmp/}, and {@code sluice-lake.json}, which says how all that
 * is laid out.
 */
record Lake(Path folder) {
  private static final int LAYOUT = 1;
  private static final String MARKER = "sluice-lake.json";
  private static final String LOCK = "sluice.lock";

  /** Less is too little for a run of any use, and a disk may fill up while it lasts. */
  private static final long MIN_FREE_BYTES = 128L * 1024 * 1024;

  /** Opens a lake that is there, beside whoever else has it open. */
  static Lake existing(Path folder) {
    Lake lake = new Lake(folder);
    if (!Files.exists(folder)) {
      throw new ConfigurationFailure("Lake does not exist: " + folder);
    }
    lake.requireDirectory();
    if (!Files.exists(lake.marker())) {
      throw new ConfigurationFailure(
          "Cannot open lake " + folder + ": it has no " + MARKER + ", so it is not a lake");
    }
    lake.requireLayout();
    return lake;
  }

  /** Opens a lake for one process only, and makes it where there is nothing yet. */
  static Held hold(Path folder) {
    Lake lake = new Lake(folder);
    if (Files.exists(folder)) {
      lake.requireDirectory();
    }
    try {
      Files.createDirectories(folder);
      lake.requireLakeOrNothing();
      Held held = lake.lock();
      try {
        lake.prepare();
        return held;
      } catch (IOException | RuntimeException e) {
        held.close();
        throw e;
      }
    } catch (AccessDeniedException e) {
      throw new ConfigurationFailure(
          "Cannot open lake " + folder + ": no right to write " + e.getFile(), e);
    } catch (IOException e) {
      throw new TransientFailure("Cannot open lake " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Where the buckets are. */
  Path objects() {
    return folder.resolve("objects");
  }

  /** The log of a function. */
  Path log(String function) {
    return folder.resolve("logs").resolve(function + ".log");
  }

  /** A folder for the passing files of a function. */
  Path temporary(String function) {
    return folder.resolve("tmp").resolve(function);
  }

  /**
   * The JDBC address of the catalog. Readers do not wait for a writer, and a writer waits for
   * another one.
   */
  String catalogUri() {
    return "jdbc:sqlite:" + folder.resolve("catalog.db") + "?journal_mode=WAL&busy_timeout=30000";
  }

  private Path marker() {
    return folder.resolve(MARKER);
  }

  private void requireDirectory() {
    if (!Files.isDirectory(folder)) {
      throw new ConfigurationFailure("Cannot open lake " + folder + ": it is not a directory");
    }
  }

  private void requireLakeOrNothing() throws IOException {
    if (Files.exists(marker())) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.anyMatch(each -> !each.getFileName().toString().equals(LOCK))) {
        throw new ConfigurationFailure(
            "Cannot open lake "
                + folder
                + ": it has no "
                + MARKER
                + " but other files, so it is not a lake");
      }
    }
  }

  private void requireLayout() {
    try {
      int layout = new ObjectMapper().readTree(Files.readString(marker())).path("layout").asInt();
      if (layout != LAYOUT) {
        throw new ConfigurationFailure(
            "Cannot open lake %s: it has layout %d, and this Sluice knows layout %d"
                .formatted(folder, layout, LAYOUT));
      }
    } catch (JsonProcessingException e) {
      throw new ConfigurationFailure(
          "Cannot open lake " + folder + ": " + MARKER + " is not JSON", e);
    } catch (IOException e) {
      throw new TransientFailure("Cannot open lake " + folder + ": " + e.getMessage(), e);
    }
  }

  private Held lock() throws IOException {
    Path file = folder.resolve(LOCK);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new OverlappingFileLockException();
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new TransientFailure(
          "Cannot open lake %s: it is in use by process %s"
              .formatted(folder, Files.readString(file).strip()),
          e);
    }
    channel.truncate(0);
    String owner = Long.toString(ProcessHandle.current().pid());
    channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
    return new Held(this, channel);
  }

  private void prepare() throws IOException {
    if (Files.exists(marker())) {
      requireLayout();
    }
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < MIN_FREE_BYTES) {
      throw new TransientFailure(
          "Cannot open lake %s: %d MB of its disk are free, and %d MB are needed"
              .formatted(folder, free >> 20, MIN_FREE_BYTES >> 20));
    }
    Files.createDirectories(objects());
    if (!Files.exists(marker())) {
      Files.writeString(marker(), "{\"layout\": " + LAYOUT + "}\n");
    }
    for (Path each : new Path[] {folder, objects(), marker()}) {
      if (!Files.isWritable(each)) {
        throw new AccessDeniedException(each.toString());
      }
    }
  }

  /** A lake that no other process can hold. */
  record Held(Lake lake, FileChannel channel) implements AutoCloseable {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new TransientFailure("Cannot close lake " + lake.folder() + ": " + e.getMessage(), e);
      }
    }
  }
}
