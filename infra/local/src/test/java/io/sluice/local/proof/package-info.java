/**
 * Proofs on the real function processes: they are killed at named points, made to race for one
 * table, and what they wrote is read by another engine. Functions reach S3 and SQS by wires that
 * see each request; they themselves know nothing of it.
 */
@NullMarked
package io.sluice.local.proof;

import org.jspecify.annotations.NullMarked;
