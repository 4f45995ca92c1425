package io.sluice.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.local.cloud.event.DeadLetter;
import io.sluice.local.cloud.event.FunctionStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the functions wrote in their logs about messages that were given up: a response names only
 * the message.
 */
final class FunctionLogs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Path> logs;

  FunctionLogs(List<FunctionStatus> functions) {
    this.logs = functions.stream().map(FunctionStatus::log).filter(Files::exists).toList();
  }

  /** {@code letter} with the function's own last words about it, where it had any. */
  DeadLetter explained(DeadLetter letter) {
    return logs.stream()
        .flatMap(log -> lastWords(log, letter.messageId()).stream())
        .findFirst()
        .map(reason -> new DeadLetter(letter.queue(), letter.messageId(), letter.body(), reason))
        .orElse(letter);
  }

  private static Optional<String> lastWords(Path log, String messageId) {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith("{") && line.contains(messageId))
          .flatMap(line -> reason(line, messageId).stream())
          .reduce((earlier, later) -> later);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> reason(String line, String messageId) {
    try {
      JsonNode entry = JSON.readTree(line.getBytes(StandardCharsets.ISO_8859_1));
      JsonNode context = entry.path("mdc");
      if (!context.path("message").asText().equals(messageId)) {
        return Optional.empty();
      }
      String exception = entry.path("exception").path("message").asText();
      return Stream.of(context.path("reason").asText(), exception)
          .filter(text -> !text.isEmpty())
          .findFirst();
    } catch (IOException e) {
      // A line cut off by a process that died is no log entry.
      return Optional.empty();
    }
  }
}
