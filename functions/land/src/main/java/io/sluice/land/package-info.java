/**
 * Land: one source object becomes one batch. Every record is held against the contract; the good
 * ones go to raw, the bad ones to quarantine with all their reasons, and a manifest says so. Knows
 * neither S3 nor SQS: it decides, the ports do.
 */
@NullMarked
package io.sluice.land;

import org.jspecify.annotations.NullMarked;
