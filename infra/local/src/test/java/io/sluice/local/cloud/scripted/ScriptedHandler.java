package io.sluice.local.cloud.scripted;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what the bodies of its messages say: {@code ok x}, {@code report x}, {@code throw x}, {@code
 * exit x}, {@code hang x}, {@code garbage x}, {@code unknown x}, {@code slow x}. With a number, as
 * in {@code throw 2 x}, it does so for that many receives only, and then {@code ok}.
 */
public final class ScriptedHandler implements RequestStreamHandler {
  private static final Pattern RECORD =
      Pattern.compile(
          "\"messageId\":\"([^\"]+)\".*?\"body\":\"(\\w+) (?:(\\d+) )?([^\"]+)\""
              + ".*?\"ApproximateReceiveCount\":\"(\\d+)\"");

  private final Path lake = Path.of(System.getProperty("java.io.tmpdir")).resolve("../..");

  /** Fails when the lake says so. */
  public ScriptedHandler() {
    if (Files.exists(lake.resolve("objects/fail-init"))) {
      throw new IllegalStateException("no catalog at the wished place");
    }
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    List<String> failed = new ArrayList<>();
    String answer = "";
    Matcher records = RECORD.matcher(event);
    while (records.find()) {
      boolean over =
          records.group(3) != null
              && Integer.parseInt(records.group(5)) > Integer.parseInt(records.group(3));
      String deed = over ? "ok" : records.group(2);
      note("record", deed + " " + records.group(4));
      switch (deed) {
        case "report" -> failed.add(records.group(1));
        case "throw" -> throw new IllegalStateException("asked to throw " + records.group(4));
        case "exit" -> Runtime.getRuntime().halt(7);
        case "hang" -> LockSupport.parkNanos(Long.MAX_VALUE);
        case "slow" -> LockSupport.parkNanos(400_000_000L);
        case "garbage" -> answer = "{\"batchItemFailures\": [";
        case "unknown" -> failed.add("no-such-message");
        default -> {}
      }
    }
    note("batch", "end");
    if (answer.isEmpty()) {
      answer =
          failed.stream()
              .map(id -> "{\"itemIdentifier\":\"" + id + "\"}")
              .collect(java.util.stream.Collectors.joining(",", "{\"batchItemFailures\":[", "]}"));
    }
    output.write(answer.getBytes(StandardCharsets.UTF_8));
  }

  private void note(String kind, String text) throws IOException {
    Files.writeString(
        lake.resolve("objects/" + kind + "s.txt"),
        text + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
