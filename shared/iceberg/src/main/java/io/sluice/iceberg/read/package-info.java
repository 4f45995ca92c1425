/**
 * The table as people ask for it: rows of a snapshot, and the history of both branches. Changes
 * nothing.
 */
@NullMarked
package io.sluice.iceberg.read;

import org.jspecify.annotations.NullMarked;
