/**
 * Rejected records as people choose and put them back: selections, groups, and the objects of a
 * replay. Knows neither the command line nor how anything is printed.
 */
@NullMarked
package io.sluice.local.quarantine;

import org.jspecify.annotations.NullMarked;
