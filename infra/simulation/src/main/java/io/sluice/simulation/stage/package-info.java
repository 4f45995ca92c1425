/** The stages, wired as the functions wire them, over ports that fail. */
@NullMarked
package io.sluice.simulation.stage;

import org.jspecify.annotations.NullMarked;
