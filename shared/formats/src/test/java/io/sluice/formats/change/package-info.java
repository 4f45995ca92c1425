/** Tests of the package of the same name. */
@NullMarked
package io.sluice.formats.change;

import org.jspecify.annotations.NullMarked;
