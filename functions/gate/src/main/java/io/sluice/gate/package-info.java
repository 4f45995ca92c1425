/**
 * Gate: audit snapshots are held against their pipeline's rules, and main moves to those that pass.
 * Knows neither Iceberg nor AWS: it decides, the ports do.
 */
@NullMarked
package io.sluice.gate;

import org.jspecify.annotations.NullMarked;
