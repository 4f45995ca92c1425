/** Tests of the package of the same name. */
@NullMarked
package io.sluice.contracts.contract;

import org.jspecify.annotations.NullMarked;
