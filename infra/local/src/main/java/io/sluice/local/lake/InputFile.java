package io.sluice.local.lake;

import io.sluice.core.batch.Layout;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file that is to go into landing.
 *
 * @param digest of its content: two contents under one name are two objects, and neither replaces
 *     the other
 */
public record InputFile(Path path, String digest) {
  private static final int DIGEST_DIGITS = 12;

  /**
   * The files that {@code paths} name; a folder stands for the files in it.
   *
   * @throws ConfigurationFailure when one does not exist or cannot be read
   */
  public static List<InputFile> find(List<Path> paths) {
    List<InputFile> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        files.addAll(find(filesIn(path)));
      } else if (!Files.exists(path)) {
        throw new ConfigurationFailure("Input file does not exist: " + path);
      } else if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
        throw new ConfigurationFailure("Cannot read input file " + path + ": no access");
      } else {
        files.add(new InputFile(path, digest(path)));
      }
    }
    return files;
  }

  /** Where the file goes in {@code bucket}. */
  public ObjectName target(String bucket, PipelineName pipeline) {
    return new ObjectName(
        bucket, Layout.landingPrefix(pipeline) + digest + "/" + path.getFileName());
  }

  private static List<Path> filesIn(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
      if (files.isEmpty()) {
        throw new ConfigurationFailure("Input folder is empty: " + folder);
      }
      return files;
    } catch (IOException e) {
      throw new ConfigurationFailure("Cannot read input folder " + folder + ": no access", e);
    }
  }

  private static String digest(Path path) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(path), sha)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha.digest()).substring(0, DIGEST_DIGITS);
    } catch (IOException e) {
      throw new TransientFailure("Cannot read input file " + path + ": " + e.getMessage(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
