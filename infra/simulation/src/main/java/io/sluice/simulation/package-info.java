/**
 * Whole worlds in memory, each from one number: the real stages over real Iceberg, disturbed at
 * every call of a port, and held against a model. The only code beside the functions that knows all
 * three.
 */
@NullMarked
package io.sluice.simulation;

import org.jspecify.annotations.NullMarked;
