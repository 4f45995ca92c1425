/**
 * The records of a source object, whatever its format: where each stands, what its bytes are, and
 * what the contract says of it. Does not know where the object is kept or what becomes of a record.
 */
@NullMarked
package io.sluice.formats.record;

import org.jspecify.annotations.NullMarked;
