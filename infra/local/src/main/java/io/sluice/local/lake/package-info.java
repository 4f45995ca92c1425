/**
 * A lake as the command line reads and feeds it: declarations from folders, inputs from files,
 * tables from the catalog. Decides nothing about data.
 */
@NullMarked
package io.sluice.local.lake;

import org.jspecify.annotations.NullMarked;
