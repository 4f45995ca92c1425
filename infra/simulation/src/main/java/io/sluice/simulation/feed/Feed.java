package io.sluice.simulation.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.simulation.Chance;
import java.util.ArrayList;
import java.util.List;

/** Makes the records of a world: few keys and few values, so that they meet. */
public final class Feed {
  private static final int MOST_LINES = 4;
  private static final int KEYS = 5;
  private static final int POSITIONS = 30;
  private static final long DAY = 86_400_000L;

  /** 2026-01-01. */
  private static final long FIRST_DAY = 1_767_225_600_000L;

  private final Chance chance;
  private final Kind kind;
  private final List<Line> all = new ArrayList<>();

  /** The records that {@code chance} makes for pipelines of {@code kind}. */
  public Feed(Chance chance, Kind kind) {
    this.chance = chance;
    this.kind = kind;
  }

  /** The records of one more object; some are those of objects before. */
  public List<Line> next() {
    List<Line> lines = new ArrayList<>();
    int count = 1 + chance.below(MOST_LINES);
    boolean isPoor = chance.happens(0.1);
    for (int i = 0; i < count; i++) {
      Line line = !all.isEmpty() && chance.happens(0.25) ? chance.pick(all) : line(isPoor);
      lines.add(line);
      all.add(line);
    }
    return lines;
  }

  private Line line(boolean isPoor) {
    return new Line(
        kind.isOfChanges() ? operation() : "c",
        chance.below(POSITIONS),
        "k" + chance.below(KEYS),
        chance.happens(0.5) ? "eu" : "us",
        FIRST_DAY + chance.below(3) * DAY,
        amount(isPoor));
  }

  private String operation() {
    int number = chance.below(20);
    return number < 1 ? "t" : number < 6 ? "d" : number < 12 ? "u" : "c";
  }

  private String amount(boolean isPoor) {
    int number = chance.below(20);
    if (isPoor && number < 14) {
      return number % 2 == 0 ? "\"bad\"" : "-1.0";
    }
    return switch (number) {
      case 0 -> "\"bad\"";
      case 1 -> "-1.0";
      case 2 -> "900.0";
      case 3, 4, 5, 6 -> "null";
      default -> chance.below(4) + ".0";
    };
  }

  /** The object that holds {@code lines}. */
  public byte[] content(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(
        line -> text.append(kind.isOfChanges() ? line.change() : line.row()).append('\n'));
    return text.toString().getBytes(UTF_8);
  }
}
