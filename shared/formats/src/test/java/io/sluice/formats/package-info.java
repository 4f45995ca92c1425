/** Tests of records in and out together, and what they share. */
@NullMarked
package io.sluice.formats;

import org.jspecify.annotations.NullMarked;
