package io.sluice.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.proof.CrashMatrix.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every point of every way to merge, each in a run of its own, or those whose text holds one of
 * {@code -Dpoints=text|text}; {@code target/} keeps the tables.
 */
@Tag("long")
class WholeCrashMatrixTest {
  @TempDir private Path folder;

  /** All, or those that {@code -Dfeeds=name,name} names. */
  static List<Feed> feeds() {
    List<String> wanted = List.of(System.getProperty("feeds", "").split(",", -1));
    return Feed.all().stream()
        .filter(feed -> wanted.contains("") || wanted.contains(feed.name()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("feeds")
  void endsInTheSameTableWhereverAProcessIsKilled(Feed feed) throws Exception {
    Path table = Path.of("target/crash-matrix-" + feed.name() + ".txt");
    Files.deleteIfExists(table);
    List<String> wrong = new ArrayList<>();
    try (CrashMatrix matrix = new CrashMatrix(folder)) {
      // Given
      Outcome undisturbed = matrix.undisturbed(feed);
      assertThat(undisturbed.report().findings()).isEmpty();

      // When
      for (Point point : points(undisturbed)) {
        String how = ending(matrix, feed, point, undisturbed);
        Files.writeString(
            table,
            point + " | " + how + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        if (!how.equals("same")) {
          wrong.add(point + ": " + how);
        }
      }
    }

    // Then
    assertThat(table).isNotEmptyFile();
    assertThat(wrong).isEmpty();
  }

  private static List<Point> points(Outcome undisturbed) {
    List<String> wanted = List.of(System.getProperty("points", "").split("\\|", -1));
    return CrashMatrix.points(undisturbed).stream()
        .filter(point -> wanted.stream().anyMatch(point.toString()::contains))
        .toList();
  }

  /** One word where all is well: the other points are to be tried whatever becomes of this one. */
  private static String ending(CrashMatrix matrix, Feed feed, Point point, Outcome undisturbed)
      throws Exception {
    try {
      Outcome killed = matrix.killed(feed, List.of(point));
      return killed.isAs(undisturbed) ? "same" : "other: " + killed.report();
    } catch (AssertionError | RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
