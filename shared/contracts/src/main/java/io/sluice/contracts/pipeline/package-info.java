/**
 * The declaration of a feed: {@code pipeline.yaml} as types, and its reader, which refuses what it
 * does not know and names the line. Knows no store: whoever reads a declaration says where its
 * files come from.
 */
@NullMarked
package io.sluice.contracts.pipeline;

import org.jspecify.annotations.NullMarked;
