/** Tests of rules. */
@NullMarked
package io.sluice.contracts.rule;

import org.jspecify.annotations.NullMarked;
