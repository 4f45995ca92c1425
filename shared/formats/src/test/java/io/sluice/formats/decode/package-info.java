/** Tests of the package of the same name. */
@NullMarked
package io.sluice.formats.decode;

import org.jspecify.annotations.NullMarked;
