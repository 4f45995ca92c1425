/**
 * Newline-delimited JSON: where one record ends and the next begins, in bounded memory. Does not
 * look inside a record.
 */
@NullMarked
package io.sluice.formats.ndjson;

import org.jspecify.annotations.NullMarked;
