/** What land makes of AWS's events, held against the events in {@code infra/events}. */
@NullMarked
package io.sluice.land.lambda;

import org.jspecify.annotations.NullMarked;
