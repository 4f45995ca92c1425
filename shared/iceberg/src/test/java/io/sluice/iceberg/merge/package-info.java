/** What is new in a batch, held against tables in memory. */
@NullMarked
package io.sluice.iceberg.merge;

import org.jspecify.annotations.NullMarked;
