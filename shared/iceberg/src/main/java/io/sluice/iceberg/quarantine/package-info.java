/**
 * The table of a pipeline's rejected records: one row each, from its rejection to what became of
 * it. Rows are appended with their batch and changed by rewriting the files that hold them. Does
 * not know why a record was rejected, or who decides about it.
 */
@NullMarked
package io.sluice.iceberg.quarantine;

import org.jspecify.annotations.NullMarked;
