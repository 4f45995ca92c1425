/** Tests of the simulation: that it is sound, and that it finds what is wrong. */
@NullMarked
package io.sluice.simulation;

import org.jspecify.annotations.NullMarked;
