/**
 * Changes of rows, as Debezium tells them: which columns raw batches of such a pipeline have, and
 * what their order is. Does not know how changes are merged into a table.
 */
@NullMarked
package io.sluice.formats.change;

import org.jspecify.annotations.NullMarked;
