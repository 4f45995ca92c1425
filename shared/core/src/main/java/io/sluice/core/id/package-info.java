/**
 * Identities: what names a pipeline, an input, a batch, a snapshot. Each is its own type, is
 * checked when made, and is derived from what it names, never from time or chance.
 */
@NullMarked
package io.sluice.core.id;

import org.jspecify.annotations.NullMarked;
