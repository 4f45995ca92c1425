/** How tables are committed to, published and withdrawn, held against a catalog in memory. */
@NullMarked
package io.sluice.iceberg.table;

import org.jspecify.annotations.NullMarked;
