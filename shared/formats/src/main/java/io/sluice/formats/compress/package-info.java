/**
 * Compressed objects as plain bytes, whatever their name says. Tells an object that cannot be read
 * from a store that cannot answer; knows nothing of what is in the bytes.
 */
@NullMarked
package io.sluice.formats.compress;

import org.jspecify.annotations.NullMarked;
