/** Tests of the package of the same name. */
@NullMarked
package io.sluice.formats.ndjson;

import org.jspecify.annotations.NullMarked;
