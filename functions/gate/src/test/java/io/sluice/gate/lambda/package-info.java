/** What gate makes of SQS's events, held against the events in {@code infra/events}. */
@NullMarked
package io.sluice.gate.lambda;

import org.jspecify.annotations.NullMarked;
