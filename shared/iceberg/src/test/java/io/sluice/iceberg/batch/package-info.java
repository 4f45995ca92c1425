/** The table of batches, over a lake in memory. */
@NullMarked
package io.sluice.iceberg.batch;

import org.jspecify.annotations.NullMarked;
