package io.sluice.local.cloud.event;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a function stands.
 *
 * @param processes the id of its process while there is one
 * @param restarts how often a process was started in the place of one that ended
 * @param log where everything that its processes write goes
 */
public record FunctionStatus(String name, List<Long> processes, int restarts, Path log) {
  /** Copies the list. */
  public FunctionStatus {
    processes = List.copyOf(processes);
  }

  /** The id of its process while there is one. */
  public Optional<Long> process() {
    return processes.stream().findFirst();
  }
}
