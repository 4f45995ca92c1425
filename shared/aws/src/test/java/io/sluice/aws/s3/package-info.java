/** Tests of {@code io.sluice.aws.s3}. */
@NullMarked
package io.sluice.aws.s3;

import org.jspecify.annotations.NullMarked;
