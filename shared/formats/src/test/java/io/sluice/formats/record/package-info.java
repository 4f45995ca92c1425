/** Tests of the package of the same name. */
@NullMarked
package io.sluice.formats.record;

import org.jspecify.annotations.NullMarked;
