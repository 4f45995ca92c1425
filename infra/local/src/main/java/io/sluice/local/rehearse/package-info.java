/**
 * A proposed contract, held against what landed under the present one. Reads a lake and changes
 * nothing in it.
 */
@NullMarked
package io.sluice.local.rehearse;

import org.jspecify.annotations.NullMarked;
