/** The rules of the architecture, held against aws. */
@NullMarked
package io.sluice.aws;

import org.jspecify.annotations.NullMarked;
