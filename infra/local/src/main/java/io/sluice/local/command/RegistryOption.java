package io.sluice.local.command;

import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.core.failure.ConfigurationFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import picocli.CommandLine.Option;

/** As whom a schema registry is read. A password has no place on a command line. */
final class RegistryOption {
  private static final Set<String> KEYS = Set.of("address", "user", "password", "authorities");

  @Option(
      names = "--registry",
      paramLabel = "FILE",
      description = {
        "A properties file for a schema registry that wants to know its callers: address, user,",
        "password, and authorities, the name of a file of certificates in PEM beside it."
      })
  private List<Path> file = List.of();

  /**
   * What the file says.
   *
   * @throws ConfigurationFailure when it cannot be read, or says something else
   */
  RegistryAccess access() {
    if (file.isEmpty()) {
      return RegistryAccess.NONE;
    }
    Path path = file.getFirst().toAbsolutePath();
    Properties said = new Properties();
    try (Reader text = Files.newBufferedReader(path)) {
      said.load(text);
      for (String key : said.stringPropertyNames()) {
        if (!KEYS.contains(key)) {
          throw new ConfigurationFailure("Invalid " + path + ": unknown key " + key);
        }
      }
      String authorities = said.getProperty("authorities", "");
      return new RegistryAccess(
          said.getProperty("address", ""),
          said.getProperty("user", ""),
          said.getProperty("password", ""),
          authorities.isEmpty() ? "" : Files.readString(path.resolveSibling(authorities)));
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationFailure("Cannot read " + path + ": " + e, e);
    }
  }
}
