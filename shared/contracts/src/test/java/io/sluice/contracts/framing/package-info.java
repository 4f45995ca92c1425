/** Tests of the package of the same name. */
@NullMarked
package io.sluice.contracts.framing;

import org.jspecify.annotations.NullMarked;
