/**
 * Gate rules and how a measured value is held against its limit. Knows nothing of how a value is
 * measured.
 */
@NullMarked
package io.sluice.core.gate;

import org.jspecify.annotations.NullMarked;
