/** Tests of the package of the same name. */
@NullMarked
package io.sluice.aws.glue;

import org.jspecify.annotations.NullMarked;
