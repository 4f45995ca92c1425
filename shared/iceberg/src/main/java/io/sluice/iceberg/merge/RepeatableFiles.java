package io.sluice.iceberg.merge;

import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * Files that an attempt which died may have written already: the next one writes the same bytes
 * under the same names again, where Iceberg's writers would refuse to.
 */
record RepeatableFiles(FileIO io) implements FileIO {
  @Override
  public InputFile newInputFile(String location) {
    return io.newInputFile(location);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return new RepeatableFile(io.newOutputFile(location));
  }

  @Override
  public void deleteFile(String location) {
    io.deleteFile(location);
  }

  private record RepeatableFile(OutputFile file) implements OutputFile {
    @Override
    public PositionOutputStream create() {
      return file.createOrOverwrite();
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      return file.createOrOverwrite();
    }

    @Override
    public String location() {
      return file.location();
    }

    @Override
    public InputFile toInputFile() {
      return file.toInputFile();
    }
  }
}
