/**
 * Where records begin and end in a stream of text, in bounded memory. Does not look inside a record
 * further than that takes, and knows no contract.
 */
@NullMarked
package io.sluice.formats.framing;

import org.jspecify.annotations.NullMarked;
