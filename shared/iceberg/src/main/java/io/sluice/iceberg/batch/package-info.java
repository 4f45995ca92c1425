/**
 * The table of a pipeline's batches, one row each: what manifests, snapshots and verdicts say of
 * it, put together. Rows are made anew from these whenever they may have changed, and nothing reads
 * them to decide something.
 */
@NullMarked
package io.sluice.iceberg.batch;

import org.jspecify.annotations.NullMarked;
