/**
 * The rules of the architecture that can be read from class files. Knows modules by their package
 * names only.
 */
@NullMarked
package io.sluice.testkit.architecture;

import org.jspecify.annotations.NullMarked;
