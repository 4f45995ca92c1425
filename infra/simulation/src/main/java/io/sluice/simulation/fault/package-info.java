/** What goes wrong at the calls of ports, and where it is counted. */
@NullMarked
package io.sluice.simulation.fault;

import org.jspecify.annotations.NullMarked;
