/** Tests of the package of the same name. */
@NullMarked
package io.sluice.formats.compress;

import org.jspecify.annotations.NullMarked;
