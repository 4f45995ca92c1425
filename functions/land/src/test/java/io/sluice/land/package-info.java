/** The stage land and the rules of the architecture, held against each other and in memory. */
@NullMarked
package io.sluice.land;

import org.jspecify.annotations.NullMarked;
