/** Ports that live in memory: what tests and the simulation run the stages on. */
@NullMarked
package io.sluice.core.memory;

import org.jspecify.annotations.NullMarked;
