package io.sluice.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.proof.CrashMatrix.Outcome;
import io.sluice.local.proof.Point.Moment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashPointsTest {
  /**
   * Where the order of effects matters most; all in one run, each kill on top of the one before.
   */
  private static final List<Point> POINTS =
      List.of(
          point(1, "LandFunction", Moment.BEFORE, "manifest"),
          point(1, "CurateFunction", Moment.BEFORE, "message to gate"),
          point(2, "LandFunction", Moment.AFTER, "manifest"),
          point(2, "CurateFunction", Moment.AFTER, "manifest list"),
          point(2, "GateFunction", Moment.AFTER, "verdict"),
          point(2, "GateFunction", Moment.AFTER, "metadata"));

  @TempDir private Path folder;

  @Test
  void endsInTheSameTableWhereverProcessesAreKilled() throws Exception {
    try (CrashMatrix matrix = new CrashMatrix(folder)) {
      // Given
      Feed feed =
          Feed.all().stream().filter(each -> each.name().equals("cdc-vectors")).findFirst().get();
      Outcome undisturbed = matrix.undisturbed(feed);

      // When
      Outcome killed = matrix.killed(feed, POINTS);

      // Then
      assertThat(killed.report().findings()).isEmpty();
      assertThat(killed.report().total()).isEqualTo(undisturbed.report().total());
      assertThat(killed.main()).isNotEmpty().isEqualTo(undisturbed.main());
      assertThat(killed.audit()).isEqualTo(undisturbed.audit());
    }
  }

  private static Point point(int feed, String function, Moment moment, String effect) {
    return new Point(feed, function, effect, 1, "", moment);
  }
}
