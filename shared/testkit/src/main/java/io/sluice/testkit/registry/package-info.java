/** A schema registry on loopback, for tests of who reads one. Knows its protocol and no reader. */
@NullMarked
package io.sluice.testkit.registry;

import org.jspecify.annotations.NullMarked;
