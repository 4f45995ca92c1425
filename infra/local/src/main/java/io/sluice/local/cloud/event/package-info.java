/**
 * What the embedded cloud tells whoever started it: what happens, what was given up, and what makes
 * it useless to go on.
 */
@NullMarked
package io.sluice.local.cloud.event;

import org.jspecify.annotations.NullMarked;
