/**
 * Ports that die: before a call has its effect, or after. For tests that a stage, run again, ends
 * where it would have ended undisturbed. Knows the ports and no implementation of them.
 */
@NullMarked
package io.sluice.testkit.crash;

import org.jspecify.annotations.NullMarked;
