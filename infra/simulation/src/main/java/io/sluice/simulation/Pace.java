package io.sluice.simulation;

import io.sluice.simulation.stage.Stage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How often each of those who work in a world gets to do something, against the others.
 *
 * @param stages of each stage
 * @param mostAtOnce how many messages a stage is handed at once, at the most
 */
record Pace(Map<Stage, Integer> stages, int operator, int mostAtOnce) {
  private static final List<Integer> USUAL = List.of(1, 3, 3, 3, 6);

  /** Any pace; in some worlds gate sleeps until the others are done. */
  static Pace of(Chance chance) {
    Map<Stage, Integer> stages = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      stages.put(stage, chance.pick(USUAL));
    }
    int operator = chance.pick(List.of(0, 1, 1, 3));
    int mostAtOnce = chance.pick(List.of(1, 3, 10, 10));
    if (chance.happens(0.2)) {
      // So that many small snapshots wait.
      stages.put(Stage.GATE, 0);
      mostAtOnce = 1;
    }
    return new Pace(Map.copyOf(stages), operator, mostAtOnce);
  }

  int of(Stage stage) {
    return stages.getOrDefault(stage, 0);
  }
}
