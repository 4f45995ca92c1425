package io.sluice.local.cloud.event;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a function stands.
 *
 * @param process the id of its process while there is one
 * @param restarts how often a process was started in the place of one that ended
 * @param log where everything that its processes write goes
 */
public record FunctionStatus(String name, Optional<Long> process, int restarts, Path log) {}
