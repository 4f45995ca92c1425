/**
 * Tests of the whole product: the command line as people start it, over the built packages of the
 * functions. Knows nothing of how a stage works.
 */
@NullMarked
package io.sluice.local;

import org.jspecify.annotations.NullMarked;
