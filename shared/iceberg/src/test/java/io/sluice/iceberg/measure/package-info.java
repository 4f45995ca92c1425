/** Every measure, held against plain arithmetic over the rows that were landed. */
@NullMarked
package io.sluice.iceberg.measure;

import org.jspecify.annotations.NullMarked;
