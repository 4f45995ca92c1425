/** What curate makes of SQS's events, held against the events in {@code infra/events}. */
@NullMarked
package io.sluice.curate.lambda;

import org.jspecify.annotations.NullMarked;
