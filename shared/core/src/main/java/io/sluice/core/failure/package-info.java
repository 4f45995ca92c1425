/** The failures that are exceptions. Bad data is not among them: that is a verdict. */
@NullMarked
package io.sluice.core.failure;

import org.jspecify.annotations.NullMarked;
