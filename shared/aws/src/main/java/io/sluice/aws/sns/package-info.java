/**
 * Topics of SNS. Apart from the queues because only the function that publishes has SNS on its
 * class path.
 */
@NullMarked
package io.sluice.aws.sns;

import org.jspecify.annotations.NullMarked;
