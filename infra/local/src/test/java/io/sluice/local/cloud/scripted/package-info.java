/** A function whose messages say what becomes of them; it runs in a process of its own. */
@NullMarked
package io.sluice.local.cloud.scripted;

import org.jspecify.annotations.NullMarked;
