/**
 * Pipelines as documents of the Open Data Contract Standard, and back. What the standard has a
 * place for is put there; the rest is carried under names of our own, so that nothing is lost on
 * the way.
 */
@NullMarked
package io.sluice.local.odcs;

import org.jspecify.annotations.NullMarked;
