/**
 * Ports that are other ones, but for what is overridden: to watch a port, to disturb it, or to
 * plant a bug in it. Knows no implementation of a port.
 */
@NullMarked
package io.sluice.core.forward;

import org.jspecify.annotations.NullMarked;
