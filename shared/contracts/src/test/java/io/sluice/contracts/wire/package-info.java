/** Tests of the package of the same name. */
@NullMarked
package io.sluice.contracts.wire;

import org.jspecify.annotations.NullMarked;
