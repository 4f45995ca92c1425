/**
 * How the bytes of a record say which schema wrote them. Reads headers only; knows no registry and
 * does not look into what follows.
 */
@NullMarked
package io.sluice.contracts.framing;

import org.jspecify.annotations.NullMarked;
