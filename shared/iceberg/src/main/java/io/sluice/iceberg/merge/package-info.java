/**
 * How accepted records become new rows: fingerprints of keys and contents, what of a batch is new,
 * the data files. Commits nothing.
 */
@NullMarked
package io.sluice.iceberg.merge;

import org.jspecify.annotations.NullMarked;
