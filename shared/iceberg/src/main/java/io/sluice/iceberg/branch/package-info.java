/**
 * What Sluice keeps in a table's metadata: its two branches, the tags of publications, and the
 * batches in a snapshot's summary. Reads and names them; who changes them is not its business.
 */
@NullMarked
package io.sluice.iceberg.branch;

import org.jspecify.annotations.NullMarked;
