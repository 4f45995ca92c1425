/**
 * Rejected records, with their bytes and all their errors, as Parquet that any engine can query.
 * Knows nothing of why a record was rejected beyond what it is told.
 */
@NullMarked
package io.sluice.formats.quarantine;

import org.jspecify.annotations.NullMarked;
