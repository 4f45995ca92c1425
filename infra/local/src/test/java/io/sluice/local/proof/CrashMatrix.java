package io.sluice.local.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.iceberg.audit.AuditReport;
import io.sluice.local.proof.Point.Moment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that functions write while they take in a feed, and the same feed again with a kill at one of
 * these points. Every run has a pipeline of its own on the same cloud.
 */
final class CrashMatrix implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WiredCloud cloud;
  private final Tripwire wire;
  private final Map<String, JsonNode> tables = new HashMap<>();
  private int runs;

  /** A matrix on a cloud in {@code folder}. */
  CrashMatrix(Path folder) throws IOException {
    wire = new Tripwire(this::kill, this::meaning);
    cloud = WiredCloud.start(folder, WiredTemplate.deployed(), wire, event -> {});
  }

  /**
   * What a feed comes to.
   *
   * @param points what was written on the way, in order
   */
  record Outcome(List<String> main, List<String> audit, AuditReport report, List<Point> points) {
    /** Whether both branches hold what they hold in {@code other}, and nothing is wrong. */
    boolean isAs(Outcome other) {
      return main.equals(other.main)
          && audit.equals(other.audit)
          && report.total().equals(other.report.total())
          && report.isClean();
    }
  }

  /** Takes in {@code feed} and kills nobody. */
  Outcome undisturbed(Feed feed) throws IOException {
    return run(feed);
  }

  /**
   * Takes in {@code feed} and kills at each of {@code points}.
   *
   * @throws AssertionError when one was not reached
   */
  Outcome killed(Feed feed, List<Point> points) throws IOException {
    wire.arm(points);
    Outcome outcome;
    List<Point> missed;
    try {
      outcome = run(feed);
    } finally {
      missed = wire.disarm();
    }
    if (!missed.isEmpty()) {
      throw new AssertionError("Not reached: " + missed);
    }
    return outcome;
  }

  /**
   * The points of an undisturbed run: after each write, and before the first of its name; of many
   * of one name, as data files, the first and the last.
   */
  static List<Point> points(Outcome undisturbed) {
    List<Point> points = new ArrayList<>();
    for (Point each : undisturbed.points()) {
      boolean isLast =
          undisturbed.points().stream()
              .noneMatch(
                  other -> other.isSameWrite(each) && other.occurrence() > each.occurrence());
      if (each.occurrence() == 1) {
        points.add(each.at(Moment.BEFORE));
      }
      if (each.occurrence() == 1 || isLast || !each.meaning().isEmpty()) {
        points.add(each);
      }
    }
    return points;
  }

  private Outcome run(Feed feed) throws IOException {
    String name = "run-" + ++runs + "-" + feed.name();
    cloud.declare(name, feed.pipeline(name));
    wire.passed();
    for (int file = 1; file <= feed.files().size(); file++) {
      wire.feeding(file);
      cloud.feed(name, file + ".ndjson", feed.files().get(file - 1).getBytes(UTF_8));
      cloud.awaitQuiet();
    }
    if (!cloud.cloud().deadLetters().isEmpty()) {
      throw new AssertionError("Dead letters: " + cloud.cloud().deadLetters());
    }
    return new Outcome(
        cloud.rows(name, "main"), cloud.rows(name, "audit"), cloud.verify(name), wire.passed());
  }

  private void kill(String function) {
    cloud.kill(function);
  }

  /** What a new version of a table's metadata says that the one before did not. */
  private String meaning(Call call) {
    if (!call.isTableMetadata()) {
      return "";
    }
    JsonNode now;
    try {
      now = JSON.readTree(cloud.file(call.path()).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JsonNode before = tables.put(now.path("location").asText(), now);
    if (before == null) {
      return "table made";
    }
    return Stream.of("audit", "main")
        .filter(branch -> !ref(now, branch).equals(ref(before, branch)))
        .map(branch -> branch + " moved")
        .findFirst()
        .orElse("properties changed");
  }

  private static JsonNode ref(JsonNode metadata, String branch) {
    return metadata.path("refs").path(branch).path("snapshot-id");
  }

  @Override
  public void close() {
    cloud.close();
  }
}
