/** The rules of the architecture held against classes that break them, and against core. */
@NullMarked
package io.sluice.testkit.architecture;

import org.jspecify.annotations.NullMarked;
