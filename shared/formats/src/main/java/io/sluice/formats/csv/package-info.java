/**
 * Rows of cells as records: which column is which field, and what a cell's text is as a value of
 * it. Does not know where rows begin and end.
 */
@NullMarked
package io.sluice.formats.csv;

import org.jspecify.annotations.NullMarked;
