/** Contract tests: what every implementation of a port must pass, in memory or not. */
@NullMarked
package io.sluice.testkit.port;

import org.jspecify.annotations.NullMarked;
