/**
 * One record's bytes against the contract: accepted as an Avro record, or rejected with all its
 * errors. Knows no framing and no file.
 */
@NullMarked
package io.sluice.formats.decode;

import org.jspecify.annotations.NullMarked;
