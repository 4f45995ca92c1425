/** Tests of this package. */
@NullMarked
package io.sluice.local.rehearse;

import org.jspecify.annotations.NullMarked;
