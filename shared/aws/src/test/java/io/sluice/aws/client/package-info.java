/** Tests of {@code io.sluice.aws.client}. */
@NullMarked
package io.sluice.aws.client;

import org.jspecify.annotations.NullMarked;
