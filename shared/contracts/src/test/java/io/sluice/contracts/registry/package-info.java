/** Tests of the package of the same name. */
@NullMarked
package io.sluice.contracts.registry;

import org.jspecify.annotations.NullMarked;
