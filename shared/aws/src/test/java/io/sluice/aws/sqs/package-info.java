/** Tests of {@code io.sluice.aws.sqs}. */
@NullMarked
package io.sluice.aws.sqs;

import org.jspecify.annotations.NullMarked;
