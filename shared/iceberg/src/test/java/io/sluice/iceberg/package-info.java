/** The rules of the architecture, held against iceberg. */
@NullMarked
package io.sluice.iceberg;

import org.jspecify.annotations.NullMarked;
