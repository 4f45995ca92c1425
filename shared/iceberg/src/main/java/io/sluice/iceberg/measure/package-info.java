/**
 * What gates ask of a snapshot: from the metadata and the statistics of data files where these are
 * exact, else from one scan of the columns that are asked for. Judges nothing.
 */
@NullMarked
package io.sluice.iceberg.measure;

import org.jspecify.annotations.NullMarked;
