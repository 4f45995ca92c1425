/** The contract tests held against the ports in memory. */
@NullMarked
package io.sluice.testkit.port;

import org.jspecify.annotations.NullMarked;
