/** What a scan says of a file, held against the rows that a reader makes of it. */
@NullMarked
package io.sluice.iceberg.scan;

import org.jspecify.annotations.NullMarked;
