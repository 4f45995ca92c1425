package io.sluice.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {
  @TempDir private Path folder;

  @Test
  void isHeldByOneCloudOnly() throws IOException {
    // Given
    Path root = ScriptedCloud.root(folder);
    Path lake = folder.resolve("lake");
    try (EmbeddedCloud first = start(lake, root, 0, 0)) {
      // When / Then
      assertThatThrownBy(() -> start(lake, root, 0, 0))
          .isInstanceOf(TransientFailure.class)
          .hasMessage(
              "Cannot open lake %s: it is in use by process %d"
                  .formatted(lake, ProcessHandle.current().pid()));
      assertThat(first.deadLetters()).isEmpty();
    }
    start(lake, root, 0, 0).close();
  }

  @Test
  void refusesAnotherLayout() throws IOException {
    // Given
    Path lake = Files.createDirectories(folder.resolve("lake"));
    Files.writeString(lake.resolve("sluice-lake.json"), "{\"layout\": 7}");
    Path root = ScriptedCloud.root(folder);

    // When / Then
    assertThatThrownBy(() -> start(lake, root, 0, 0))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage(
            "Cannot open lake " + lake + ": it has layout 7, and this Sluice knows layout 1");
    assertThatThrownBy(() -> LocalStorage.open(lake, root))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageContaining("it has layout 7");
  }

  @Test
  void refusesAFolderOfOtherThings() throws IOException {
    // Given
    Files.writeString(folder.resolve("letter.txt"), "Dear");
    Path root = ScriptedCloud.root(folder);

    // When / Then
    assertThatThrownBy(() -> start(folder, root, 0, 0))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageEndingWith("it has no sluice-lake.json but other files, so it is not a lake");
    assertThatThrownBy(() -> start(folder.resolve("letter.txt"), root, 0, 0))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessageEndingWith("letter.txt: it is not a directory");
    assertThatThrownBy(() -> LocalStorage.open(folder.resolve("none"), root))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage("Lake does not exist: " + folder.resolve("none"));
  }

  @Test
  void namesThePortThatIsInUse() throws IOException {
    // Given
    Path root = ScriptedCloud.root(folder);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      // When / Then
      assertThatThrownBy(() -> start(folder.resolve("a"), root, port, 0))
          .isInstanceOf(TransientFailure.class)
          .hasMessage("Cannot start S3: port " + port + " is in use");
      assertThatThrownBy(() -> start(folder.resolve("b"), root, 0, port))
          .isInstanceOf(TransientFailure.class)
          .hasMessage("Cannot start SQS: port " + port + " is in use");
    }
    start(folder.resolve("a"), root, 0, 0).close();
  }

  @Test
  void namesThePackageThatIsNotBuilt() throws IOException {
    // Given
    Path root = ScriptedCloud.root(folder);
    Files.delete(root.resolve("function.zip"));

    // When / Then
    assertThatThrownBy(() -> start(folder.resolve("lake"), root, 0, 0))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage("Function package does not exist: " + root.resolve("function.zip"));
  }

  private static EmbeddedCloud start(Path lake, Path root, int s3Port, int sqsPort) {
    return EmbeddedCloud.start(
        new CloudSettings(lake, root, List.of(), RegistryAccess.NONE, s3Port, sqsPort),
        event -> {});
  }
}
