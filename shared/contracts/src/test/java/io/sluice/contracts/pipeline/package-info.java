/** Tests of the package of the same name. */
@NullMarked
package io.sluice.contracts.pipeline;

import org.jspecify.annotations.NullMarked;
