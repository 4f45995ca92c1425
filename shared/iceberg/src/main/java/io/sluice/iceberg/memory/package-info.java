/**
 * Real Iceberg over objects in memory: what tests and the simulation run tables on. Knows nothing
 * of pipelines.
 */
@NullMarked
package io.sluice.iceberg.memory;

import org.jspecify.annotations.NullMarked;
