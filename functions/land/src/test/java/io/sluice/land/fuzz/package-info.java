/**
 * Whatever may come in from outside, as fuzz targets: each takes any bytes and fails unless the
 * promise holds that is written for them. Knows no fuzzer; {@code infra/fuzz} says how they are
 * run.
 */
@NullMarked
package io.sluice.land.fuzz;

import org.jspecify.annotations.NullMarked;
