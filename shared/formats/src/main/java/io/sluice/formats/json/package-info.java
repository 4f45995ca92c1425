/**
 * JSON read straight from its bytes into the columns of a row. Reads only what it can prove to be
 * good, and steps aside for everything else: what is wrong with a record is said by {@code decode}.
 */
@NullMarked
package io.sluice.formats.json;

import org.jspecify.annotations.NullMarked;
