/** The stage gate and the rules of the architecture, held against each other and in memory. */
@NullMarked
package io.sluice.gate;

import org.jspecify.annotations.NullMarked;
