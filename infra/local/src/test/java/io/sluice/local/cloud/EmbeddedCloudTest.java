package io.sluice.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.failure.TransientFailure;
import io.sluice.local.cloud.event.CloudEvent;
import io.sluice.local.cloud.event.DeadLetter;
import io.sluice.local.cloud.event.FunctionStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCloudTest {
  @TempDir private Path folder;

  @Test
  void startsAFunctionAtItsFirstEventOnly() throws Exception {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      assertThat(scripted.cloud.functions()).allMatch(each -> each.process().isEmpty());

      // When
      scripted.send("ok a");

      // Then
      assertThat(scripted.records()).containsExactly("ok a");
      assertThat(scripted.events(CloudEvent.FunctionStarted.class))
          .extracting(CloudEvent.FunctionStarted::function)
          .containsExactly("PlainFunction");
    }
  }

  @Test
  void startsFunctionsSideBySideWithNothingSharedBetweenThem() throws Exception {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      scripted.send("ok a");

      // When
      scripted.send("g", "ok b");

      // Then
      assertThat(scripted.records()).containsExactlyInAnyOrder("ok a", "ok b");
      for (String function : List.of("PlainFunction", "OrderedFunction")) {
        assertThat(folder.resolve("lake/tmp/" + function))
            .isDirectoryContaining("glob:**libaws-lambda-jni*");
      }
    }
  }

  @Test
  void deliversOnlyTheReportedMessagesAgain() throws Exception {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      IntStream.range(0, 5).forEach(each -> scripted.send("ok " + each));

      // When
      scripted.send("report 1 late");

      // Then
      assertThat(scripted.records())
          .containsExactlyInAnyOrder(
              "ok 0", "ok 1", "ok 2", "ok 3", "ok 4", "report late", "ok late");
      assertThat(scripted.cloud.deadLetters()).isEmpty();
    }
  }

  @Test
  void failsTheWholeBatchOnAMalformedReport() throws Exception {
    for (String deed : List.of("garbage", "unknown", "throw", "exit")) {
      try (ScriptedCloud scripted = ScriptedCloud.start(folder.resolve(deed))) {
        // Given
        scripted.send(deed + " 2 m");

        // When
        List<String> records = scripted.records();

        // Then
        assertThat(records).containsExactly(deed + " m", deed + " m", "ok m");
        assertThat(scripted.events(CloudEvent.InvocationFailed.class)).hasSize(2);
      }
    }
  }

  @Test
  void putsAMessageAwayThatAlwaysFails() throws Exception {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      scripted.send("throw m");

      // When
      List<String> records = scripted.records();

      // Then
      assertThat(records).containsExactly("throw m", "throw m", "throw m");
      assertThat(scripted.cloud.deadLetters())
          .extracting(DeadLetter::queue, DeadLetter::body)
          .containsExactly(org.assertj.core.groups.Tuple.tuple("PlainQueue", "throw m"));
      assertThat(scripted.cloud.deadLetters().getFirst().reason()).contains("asked to throw m");
    }
  }

  @Test
  void keepsAGroupInOrderWhenOneOfItsMessagesFails() throws Exception {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      scripted.send("g", "ok 1");
      scripted.send("g", "report 1 2");
      scripted.send("g", "ok 3");

      // When
      List<String> records = scripted.records();

      // Then
      assertThat(records).containsExactly("ok 1", "report 2", "ok 2", "ok 3");
    }
  }

  @Test
  void endsAProcessThatTakesTooLong() throws Exception {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      scripted.send("hang 1 m");

      // When
      List<String> records = scripted.records();

      // Then
      assertThat(records).containsExactly("hang m", "ok m");
      assertThat(scripted.events(CloudEvent.FunctionDied.class).getFirst().reason())
          .isEqualTo("timed out after 5 s");
    }
  }

  @Test
  void survivesMoreKillsThanAMessageMayBeReceived() throws Exception {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      scripted.send("slow m");

      // When
      for (int kills = 0; kills < 10; kills++) {
        long victim = awaitNewProcess(scripted, kills);
        ProcessHandle.of(victim).ifPresent(ProcessHandle::destroyForcibly);
      }

      // Then
      assertThat(scripted.records()).contains("slow m");
      assertThat(scripted.cloud.deadLetters()).isEmpty();
      assertThat(scripted.events(CloudEvent.InvocationFailed.class)).isEmpty();
      assertThat(restarts(scripted)).isEqualTo(10);
    }
  }

  @Test
  void startsAProcessAgainThatWasKilledWhileIdle() throws Exception {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      scripted.send("ok a");
      assertThat(scripted.records()).containsExactly("ok a");
      long victim = awaitNewProcess(scripted, 0);
      ProcessHandle.of(victim).orElseThrow().destroyForcibly();
      ProcessHandle.of(victim).ifPresent(each -> each.onExit().join());

      // When
      scripted.send("ok b");

      // Then
      assertThat(scripted.records()).containsExactly("ok a", "ok b");
      assertThat(restarts(scripted)).isEqualTo(1);
    }
  }

  @Test
  void saysInTheFunctionsWordsWhyItCannotStart() throws Exception {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      Files.createFile(folder.resolve("lake/objects/fail-init"));

      // When
      scripted.send("ok a");

      // Then
      assertThatThrownBy(() -> scripted.cloud.awaitQuiet(ScriptedCloud.PATIENCE))
          .isInstanceOf(TransientFailure.class)
          .hasMessageStartingWith("Cannot start PlainFunction: ")
          .hasMessageContaining("no catalog at the wished place");
    }
  }

  @Test
  void tellsWhatIsLeftWhenTimeIsUp() throws Exception {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      scripted.send("hang m");

      // When / Then
      assertThatThrownBy(() -> scripted.cloud.awaitQuiet(Duration.ofSeconds(2)))
          .isInstanceOf(TransientFailure.class)
          .hasMessageContaining("Cannot finish within 2 s")
          .hasMessageContaining("PlainQueue=1");
    }
  }

  @Test
  void leavesNoProcessBehind() throws Exception {
    // Given
    ScriptedCloud scripted = ScriptedCloud.start(folder);
    scripted.send("ok a");
    assertThat(scripted.records()).containsExactly("ok a");
    long process = awaitNewProcess(scripted, 0);

    // When
    scripted.close();

    // Then
    assertThat(ProcessHandle.of(process).filter(ProcessHandle::isAlive)).isEmpty();
  }

  private static int restarts(ScriptedCloud scripted) {
    return Collections.max(
        scripted.cloud.functions().stream().map(FunctionStatus::restarts).toList());
  }

  private static long awaitNewProcess(ScriptedCloud scripted, int restarts) {
    Instant deadline = Instant.now().plus(ScriptedCloud.PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      for (FunctionStatus each : scripted.cloud.functions()) {
        if (each.process().isPresent() && each.restarts() == restarts) {
          return each.process().get();
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("No process was started after " + restarts + " ends");
  }
}
