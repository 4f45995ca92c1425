/**
 * Drafts of contracts and declarations from samples. Sees values as JSON and guesses nothing that
 * the samples contradict; knows no lake.
 */
@NullMarked
package io.sluice.local.infer;

import org.jspecify.annotations.NullMarked;
