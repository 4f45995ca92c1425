/** The lake of a world, and who looks at it or disturbs it from outside: all that knows Iceberg. */
@NullMarked
package io.sluice.simulation.lake;

import org.jspecify.annotations.NullMarked;
