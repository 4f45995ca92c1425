package io.sluice.local.proof;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request of a function.
 *
 * @param effect what it writes, in the words of the architecture; empty when it changes nothing
 * @param path of the object that is written; empty for messages
 */
record Call(String function, String effect, String path) {
  private static final Pattern QUEUE = Pattern.compile("/([^/\"]+?)(?:\\.fifo)?\"");
  private static final Pattern TABLE = Pattern.compile(".*/warehouse/curated/([^/]+)/(.*)");

  static Call of(String function, String method, String uri, byte[] body) {
    String path = uri.replaceFirst("\\?.*", "");
    return switch (method) {
      case "PUT" -> new Call(function, uri.contains("partNumber=") ? "" : object(path), path);
      case "DELETE" -> new Call(function, "removal of " + object(path), path);
      case "POST" -> new Call(function, message(body), "");
      default -> new Call(function, "", path);
    };
  }

  boolean changes() {
    return !effect.isEmpty();
  }

  boolean isTableMetadata() {
    return path.endsWith(".metadata.json");
  }

  private static String message(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    Matcher queue = QUEUE.matcher(text);
    return text.contains("MessageBody") && queue.find()
        ? "message to " + queue.group(1).replace("sluice-", "")
        : "";
  }

  private static String object(String path) {
    Matcher table = TABLE.matcher(path);
    if (table.matches()) {
      return (table.group(1).endsWith("_quarantine") ? "quarantine table's " : "")
          + file(table.group(2));
    }
    String area = path.replaceFirst("^/[^/]*/", "").replaceFirst("/.*", "");
    return switch (area) {
      case "raw" -> path.endsWith("manifest.json") ? "manifest" : "raw file";
      case "quarantine" -> "quarantine file";
      case "verdicts" -> "verdict";
      default -> "object in " + area;
    };
  }

  private static String file(String path) {
    if (path.endsWith(".metadata.json")) {
      return "metadata";
    }
    if (path.endsWith(".avro")) {
      return path.contains("/snap-") ? "manifest list" : "manifest file";
    }
    if (path.startsWith("tombstones/")) {
      return "tombstones";
    }
    return path.endsWith(".puffin") ? "deletion vectors" : "data file";
  }
}
