/**
 * Objects far larger than the heap, and hostile ones of growing size, through the real stage: what
 * they may cost. Sizes and figures are in {@code infra/bench/README.md}.
 */
@NullMarked
package io.sluice.land.large;

import org.jspecify.annotations.NullMarked;
