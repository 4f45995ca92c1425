/** Tests of the embedded cloud, with functions that do what their messages say. */
@NullMarked
package io.sluice.local.cloud;

import org.jspecify.annotations.NullMarked;
