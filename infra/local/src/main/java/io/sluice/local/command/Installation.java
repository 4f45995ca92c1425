package io.sluice.local.command;

import io.sluice.core.failure.ConfigurationFailure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Where the project is that this command line belongs to. The launcher says so. */
final class Installation {
  private static final String ROOT = "sluice.root";

  private Installation() {}

  /** The folder of {@code sam-template.yaml}. */
  static Path root() {
    Path root = Path.of(System.getProperty(ROOT, ""));
    if (!Files.exists(root.resolve("sam-template.yaml"))) {
      throw new ConfigurationFailure(
          "Project folder does not exist: " + root.toAbsolutePath() + " (start with ./sluice)");
    }
    return root;
  }

  /** The driver of the embedded catalog, which the functions do not carry. */
  static List<Path> layerJars() {
    return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
        .map(Path::of)
        .filter(jar -> String.valueOf(jar.getFileName()).startsWith("sqlite-jdbc"))
        .toList();
  }
}
