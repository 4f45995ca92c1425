/**
 * What the stages need of the outside world. A port knows no vendor; every implementation passes
 * the contract test of the port.
 */
@NullMarked
package io.sluice.core.port;

import org.jspecify.annotations.NullMarked;
