package io.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.jspecify.annotations.Nullable;

/** A bucket that is a folder, for a catalog that makes its file access from properties. */
public final class LocalFiles implements FileIO {
  /** The property that names the folder. */
  static final String FOLDER = "bench.folder";

  /** What every location starts with. */
  static final String BUCKET = "s3://bench/";

  private final AtomicReference<@Nullable Cost> firstWrite = new AtomicReference<>();
  private @Nullable Path folder;

  /** Files of no folder yet. */
  public LocalFiles() {}

  @Override
  public void initialize(Map<String, String> properties) {
    folder = Path.of(Objects.requireNonNull(properties.get(FOLDER)));
  }

  /** What the process had used when the first file was written. */
  Optional<Cost> firstWrite() {
    return Optional.ofNullable(firstWrite.get());
  }

  Path path(String location) {
    return Objects.requireNonNull(folder).resolve(location.substring(BUCKET.length()));
  }

  @Override
  public InputFile newInputFile(String location) {
    return new LocalInput(org.apache.iceberg.Files.localInput(path(location).toFile()), location);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    if (firstWrite.get() == null) {
      firstWrite.compareAndSet(null, Cost.now());
    }
    Path path = path(location);
    try {
      Files.createDirectories(path.resolveSibling(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new LocalOutput(org.apache.iceberg.Files.localOutput(path.toFile()), location);
  }

  @Override
  public void deleteFile(String location) {
    try {
      Files.deleteIfExists(path(location));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record LocalInput(InputFile file, String location) implements InputFile {
    @Override
    public long getLength() {
      return file.getLength();
    }

    @Override
    public org.apache.iceberg.io.SeekableInputStream newStream() {
      return file.newStream();
    }

    @Override
    public boolean exists() {
      return file.exists();
    }
  }

  private record LocalOutput(OutputFile file, String location) implements OutputFile {
    @Override
    public org.apache.iceberg.io.PositionOutputStream create() {
      return file.create();
    }

    @Override
    public org.apache.iceberg.io.PositionOutputStream createOrOverwrite() {
      return file.createOrOverwrite();
    }

    @Override
    public InputFile toInputFile() {
      return new LocalInput(file.toInputFile(), location);
    }
  }
}
