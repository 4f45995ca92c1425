/** What is printed for people. */
@NullMarked
package io.sluice.local.print;

import org.jspecify.annotations.NullMarked;
