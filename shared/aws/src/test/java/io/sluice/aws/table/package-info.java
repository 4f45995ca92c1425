/** Tests of {@code io.sluice.aws.table}. */
@NullMarked
package io.sluice.aws.table;

import org.jspecify.annotations.NullMarked;
