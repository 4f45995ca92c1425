package io.sluice.engines;

import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SeekableInputStream;

/** The objects of an embedded cloud, read from the folder that it keeps them in. */
public final class LakeFiles implements FileIO {
  /** The property that names the folder, which has one folder for each bucket. */
  public static final String FOLDER = "lake.objects";

  private static final String SCHEME = "s3://";

  private String folder = "";

  @Override
  public void initialize(Map<String, String> properties) {
    folder = properties.getOrDefault(FOLDER, "");
  }

  @Override
  public InputFile newInputFile(String location) {
    if (!location.startsWith(SCHEME)) {
      throw new IllegalArgumentException("Invalid location: " + location);
    }
    Path file = Path.of(folder, location.substring(SCHEME.length()));
    return new LakeFile(location, Files.localInput(file.toFile()));
  }

  @Override
  public OutputFile newOutputFile(String location) {
    throw new UnsupportedOperationException("Cannot write " + location + ": this engine reads");
  }

  @Override
  public void deleteFile(String location) {
    throw new UnsupportedOperationException("Cannot delete " + location + ": this engine reads");
  }

  /** A local file that is called what the table calls it: deletes refer to data files by name. */
  private record LakeFile(String location, InputFile file) implements InputFile {
    @Override
    public long getLength() {
      return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
      return file.newStream();
    }

    @Override
    public boolean exists() {
      return file.exists();
    }
  }
}
