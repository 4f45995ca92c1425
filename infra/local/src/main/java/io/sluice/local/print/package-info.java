/**
 * What people and programs see of a run, a history or an audit. Knows nothing of how it came about.
 */
@NullMarked
package io.sluice.local.print;

import org.jspecify.annotations.NullMarked;
