/** Pipelines as documents of a standard, and back. */
@NullMarked
package io.sluice.local.odcs;

import org.jspecify.annotations.NullMarked;
