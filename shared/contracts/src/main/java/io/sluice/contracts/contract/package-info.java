/**
 * The data contract: the Avro schema that every record of a pipeline must match. Knows nothing of
 * how records are encoded.
 */
@NullMarked
package io.sluice.contracts.contract;

import org.jspecify.annotations.NullMarked;
