/** What readers get, held against what was landed. */
@NullMarked
package io.sluice.iceberg.read;

import org.jspecify.annotations.NullMarked;
