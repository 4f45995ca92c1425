/** The rules of the architecture, held against contracts. */
@NullMarked
package io.sluice.contracts;

import org.jspecify.annotations.NullMarked;
