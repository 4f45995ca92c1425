/**
 * How a contract becomes a table: its columns, the columns that Sluice adds, its partitions.
 * Decides nothing about data.
 */
@NullMarked
package io.sluice.iceberg.schema;

import org.jspecify.annotations.NullMarked;
