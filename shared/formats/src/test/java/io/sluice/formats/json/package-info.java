/** Tests of the package of the same name. */
@NullMarked
package io.sluice.formats.json;

import org.jspecify.annotations.NullMarked;
