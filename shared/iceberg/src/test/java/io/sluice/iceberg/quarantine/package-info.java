/** The table of rejected records, on real Iceberg in memory. */
@NullMarked
package io.sluice.iceberg.quarantine;

import org.jspecify.annotations.NullMarked;
