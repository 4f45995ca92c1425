/**
 * One pipeline's Iceberg table behind the ports of curate and gate. The summary of every snapshot
 * carries the batches in it and their accounts; withheld batches stand in table properties, changed
 * in the same commit as the branch.
 */
@NullMarked
package io.sluice.iceberg.table;

import org.jspecify.annotations.NullMarked;
