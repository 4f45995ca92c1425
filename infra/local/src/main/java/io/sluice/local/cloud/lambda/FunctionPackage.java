package io.sluice.local.cloud.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The zip of a function, unpacked beside it in a folder named by its content. Two clouds may unpack
 * at once; the folder appears whole.
 *
 * @param home holds {@code task/}, which is what Lambda unpacks into {@code /var/task}; the same
 *     classes as {@code classes.jar}, because a class archive can only be made of jars; and that
 *     archive
 */
record FunctionPackage(Path home) {
  private static final int NAME_LENGTH = 16;
  private static final String LIBRARIES = "lib/";

  static FunctionPackage unpack(Path zip) {
    requireFile(zip);
    try {
      Path home = zip.toAbsolutePath().resolveSibling("unpacked-" + hash(zip));
      if (!Files.isDirectory(home)) {
        publish(extract(zip, Files.createTempDirectory(home.getParent(), "unpacking")), home);
      }
      return new FunctionPackage(home);
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

  /** What is {@code /var/task} on Lambda. */
  Path taskRoot() {
    return home.resolve("task");
  }

  /** Where the archive of loaded classes is, or will be. */
  Path archive() {
    return home.resolve("classes.jsa");
  }

  /** The native executable, in a package that has one in the place of classes. */
  Optional<Path> bootstrap() {
    return Optional.of(taskRoot().resolve("bootstrap")).filter(Files::isExecutable);
  }

  /** Where its classes are: its own, then the jars in {@code lib}, in order of their names. */
  Stream<Path> classpath() {
    Path lib = taskRoot().resolve("lib");
    Stream<Path> own = Stream.of(home.resolve("classes.jar"));
    if (!Files.isDirectory(lib)) {
      return own;
    }
    try (Stream<Path> jars = Files.list(lib)) {
      return Stream.concat(own, jars.sorted().toList().stream());
    } catch (IOException e) {
      throw new TransientFailure("Cannot read " + lib + ": " + e.getMessage(), e);
    }
  }

  private static Path extract(Path zip, Path draft) throws IOException {
    Path task = Files.createDirectories(draft.resolve("task"));
    try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(zip));
        ZipOutputStream jar =
            new ZipOutputStream(Files.newOutputStream(draft.resolve("classes.jar")))) {
      for (ZipEntry each = entries.getNextEntry(); each != null; each = entries.getNextEntry()) {
        Path target = task.resolve(each.getName()).normalize();
        if (!target.startsWith(task)) {
          throw new IOException("entry " + each.getName() + " lies outside");
        }
        if (each.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.getParent());
        Files.copy(entries, target);
        if (each.getName().equals("bootstrap") && !target.toFile().setExecutable(true)) {
          throw new IOException("bootstrap cannot be made executable");
        }
        if (!each.getName().startsWith(LIBRARIES)) {
          jar.putNextEntry(new ZipEntry(each.getName()));
          Files.copy(target, jar);
        }
      }
    }
    return draft;
  }

  private static void publish(Path draft, Path home) throws IOException {
    try {
      Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteTree(draft);
      if (!Files.isDirectory(home)) {
        throw e;
      }
    }
  }

  static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  /** Of the names, sizes and checksums of its entries, which is quicker than of all its bytes. */
  private static String hash(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      String content =
          file.stream()
              .map(each -> each.getName() + ' ' + each.getSize() + ' ' + each.getCrc())
              .sorted()
              .collect(Collectors.joining("\n"));
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(content.getBytes(UTF_8)))
          .substring(0, NAME_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
