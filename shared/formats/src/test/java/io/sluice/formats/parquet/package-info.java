/** Tests of the package of the same name. */
@NullMarked
package io.sluice.formats.parquet;

import org.jspecify.annotations.NullMarked;
