/** Tests of the package of the same name. */
@NullMarked
package io.sluice.formats.quarantine;

import org.jspecify.annotations.NullMarked;
