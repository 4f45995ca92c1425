/** Planted bugs: each wires the stages as somebody could who made one mistake. */
@NullMarked
package io.sluice.simulation.bug;

import org.jspecify.annotations.NullMarked;
