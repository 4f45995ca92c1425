/**
 * What each stage says of what it was given: sealed, with its reason, so that no outcome is a flag.
 */
@NullMarked
package io.sluice.core.verdict;

import org.jspecify.annotations.NullMarked;
