package io.sluice.local.cloud.lambda;

import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The zip of a function, unpacked beside it in a folder named by its content, as Lambda unpacks it
 * into {@code /var/task}. Two clouds may unpack at once; the folder appears whole.
 */
record FunctionPackage(Path taskRoot) {
  private static final int NAME_LENGTH = 16;

  static FunctionPackage unpack(Path zip) {
    requireFile(zip);
    try {
      Path folder = zip.toAbsolutePath().resolveSibling("unpacked-" + hash(zip));
      if (!Files.isDirectory(folder)) {
        Path draft = Files.createTempDirectory(folder.getParent(), "unpacking");
        extract(zip, draft);
        publish(draft, folder);
      }
      return new FunctionPackage(folder);
    } catch (IOException e) {
      throw new TransientFailure("Cannot unpack " + zip + ": " + e.getMessage(), e);
    }
  }

  /** Throws where a function is declared that is not built. */
  static void requireFile(Path zip) {
    if (!Files.isRegularFile(zip)) {
      throw new ConfigurationFailure("Function package does not exist: " + zip);
    }
  }

  /** The native executable, in a package that has one in the place of classes. */
  Optional<Path> bootstrap() {
    return Optional.of(taskRoot.resolve("bootstrap")).filter(Files::isExecutable);
  }

  /** Where its classes are: the root, then the jars in {@code lib}, in order of their names. */
  Stream<Path> classpath() {
    Path lib = taskRoot.resolve("lib");
    if (!Files.isDirectory(lib)) {
      return Stream.of(taskRoot);
    }
    try (Stream<Path> jars = Files.list(lib)) {
      return Stream.concat(Stream.of(taskRoot), jars.sorted().toList().stream());
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + lib + ": " + e.getMessage(), e);
    }
  }

  private static void extract(Path zip, Path folder) throws IOException {
    try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry each = entries.getNextEntry(); each != null; each = entries.getNextEntry()) {
        Path target = folder.resolve(each.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("entry " + each.getName() + " lies outside");
        }
        if (each.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(entries, target);
          if (each.getName().equals("bootstrap") && !target.toFile().setExecutable(true)) {
            throw new IOException("bootstrap cannot be made executable");
          }
        }
      }
    }
  }

  private static void publish(Path draft, Path folder) throws IOException {
    try {
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      deleteTree(draft);
    }
  }

  static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private static String hash(Path zip) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream content = new DigestInputStream(Files.newInputStream(zip), digest)) {
        content.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
