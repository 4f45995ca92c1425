/** The stage curate and the rules of the architecture, held against each other and in memory. */
@NullMarked
package io.sluice.curate;

import org.jspecify.annotations.NullMarked;
