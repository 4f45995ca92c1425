/**
 * Avro object container files: blocks of records that their own writer schema describes. Reads with
 * cursors of its own, because every length in a file is a claim. Knows a contract only to write
 * each value as its field reads it.
 */
@NullMarked
package io.sluice.formats.avro;

import org.jspecify.annotations.NullMarked;
