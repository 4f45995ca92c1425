/**
 * Columns of data files, value by value, without rows being made of them: 64 bits of each value to
 * look keys up by, the value itself where they say that it may be one, and other columns at the
 * rows that are. Knows Parquet, and neither merges nor what a key is.
 */
@NullMarked
package io.sluice.iceberg.scan;

import org.jspecify.annotations.NullMarked;
