/** Tests of the package of the same name. */
@NullMarked
package io.sluice.contracts.compatibility;

import org.jspecify.annotations.NullMarked;
