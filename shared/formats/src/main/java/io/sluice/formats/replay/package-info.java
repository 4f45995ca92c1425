/**
 * Records that are read once more, out of the objects that they first came in. Does not know why,
 * or what becomes of them.
 */
@NullMarked
package io.sluice.formats.replay;

import org.jspecify.annotations.NullMarked;
