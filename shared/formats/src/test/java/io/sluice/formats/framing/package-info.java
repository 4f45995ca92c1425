/** Tests of the package of the same name. */
@NullMarked
package io.sluice.formats.framing;

import org.jspecify.annotations.NullMarked;
