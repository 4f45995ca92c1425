package io.sluice.simulation;

import io.sluice.simulation.queue.Message;
import io.sluice.simulation.queue.SimulatedQueue;
import io.sluice.simulation.stage.Stage;
import io.sluice.simulation.stage.Stages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Who does something next, as chance has it; at last everybody finishes what is begun. */
final class Scheduler {
  /** Of a FIFO queue, as of the template's event sources. */
  private static final int BATCH = 10;

  private static final int MOST_INPUTS = 6;
  private static final int MOST_STEPS = 45;

  /** Worlds end after some ten rounds without faults; one that needs this many goes in circles. */
  private static final int MOST_ROUNDS = 400;

  /** Dead letters are put back so often; what is dead then stays so. */
  private static final int MOST_REDRIVES = 4;

  /** For so many rounds more things go wrong, while everybody finishes what is begun. */
  private static final int MOST_DISTURBED = 16;

  private final World world;
  private final Stages stages;
  private final Operator operator;
  private final boolean hasStranger;
  private final Pace pace;
  private int inputs;
  private boolean isDraining;

  Scheduler(World world, Operator operator) {
    this.world = world;
    this.stages = new Stages(world);
    this.operator = operator;
    this.inputs = 2 + world.chance().below(MOST_INPUTS - 1);
    this.hasStranger = world.chance().happens(0.3);
    this.pace = Pace.of(world.chance());
    world.faults().othersDo(this::meanwhile);
  }

  void run() {
    int steps = MOST_STEPS / 2 + world.chance().below(MOST_STEPS / 2);
    for (int step = 0; step < steps; step++) {
      step();
    }
    drain();
  }

  private void step() {
    tick();
    List<Runnable> choices = new ArrayList<>();
    if (inputs > 0) {
      add(choices, 3, this::arrive);
    }
    for (Stage stage : Stage.values()) {
      if (world.queue(stage).isReady()) {
        add(choices, pace.of(stage), () -> deliver(stage, false));
      }
    }
    add(choices, pace.operator(), operator::act);
    add(choices, 1, this::repeat);
    if (hasStranger) {
      add(choices, 1, () -> stranger());
    }
    world.chance().pick(choices).run();
  }

  private static void add(List<Runnable> choices, int weight, Runnable choice) {
    for (int i = 0; i < weight; i++) {
      choices.add(choice);
    }
  }

  private void tick() {
    if (world.chance().happens(0.7)) {
      world.pass(Duration.ofMinutes(1));
    }
    for (Stage stage : Stage.values()) {
      world.queue(stage).tick();
    }
  }

  private void arrive() {
    inputs--;
    world.arrive();
  }

  /** A message comes once more, long after it was done. */
  private void repeat() {
    SimulatedQueue queue = world.queue(world.chance().pick(List.of(Stage.values())));
    List<String> bodies = queue.bodies();
    if (!bodies.isEmpty()) {
      world.coverage().saw("a message comes once more");
      queue.send(world.chance().pick(bodies), 0);
    }
  }

  private void stranger() {
    world.faults().suspended(() -> world.stranger().act(world.chance()));
  }

  /** What others do while a stage is at work. */
  private void meanwhile() {
    int number = world.chance().below(10);
    if (number == 0) {
      world.faults().suspended(operator::act);
    } else if (number == 1 && hasStranger) {
      stranger();
    } else {
      deliver(world.chance().pick(List.of(Stage.values())), true);
    }
  }

  private void deliver(Stage stage, boolean again) {
    SimulatedQueue queue = world.queue(stage);
    int most = isDraining ? BATCH : 1 + world.chance().below(pace.mostAtOnce());
    List<Message> messages = queue.receive(most, world.chance().below(BATCH), again);
    if (messages.isEmpty()) {
      return;
    }
    world.trace().add(stage + " gets " + messages.stream().map(Message::id).toList());
    world.trace().enter();
    List<Message> done = stages.deliver(stage, messages);
    world.trace().leave();
    List<Message> failed = new ArrayList<>(messages);
    if (isDraining || world.chance().happens(0.95)) {
      queue.delete(done);
      failed.removeAll(done);
    } else {
      world.trace().add("nobody hears that they are done");
    }
    queue.comeBack(failed, isDraining ? 0 : world.chance().below(3));
  }

  private void drain() {
    isDraining = true;
    int disturbed = world.chance().below(MOST_DISTURBED);
    while (inputs > 0) {
      arrive();
    }
    int redrives = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      if (round == disturbed) {
        world.trace().add("nothing goes wrong from now on");
        world.faults().end();
      }
      tick();
      boolean isQuiet = true;
      for (Stage stage : Stage.values()) {
        isQuiet &= world.queue(stage).isEmpty();
        if (world.queue(stage).isReady()) {
          deliver(stage, false);
        }
      }
      if (isQuiet && !operator.finish() && round >= disturbed) {
        int dead = redrive(redrives++);
        if (dead == 0) {
          return;
        }
      }
    }
    world.trace().violation("it does not end");
  }

  private int redrive(int before) {
    int dead = 0;
    for (Stage stage : Stage.values()) {
      for (Message each : world.queue(stage).dead()) {
        dead++;
        if (before >= MOST_REDRIVES) {
          world.trace().violation("a dead letter stays dead: " + each.id() + " " + each.body());
        }
      }
      if (before < MOST_REDRIVES) {
        world.queue(stage).redrive();
      }
    }
    return before < MOST_REDRIVES ? dead : 0;
  }
}
