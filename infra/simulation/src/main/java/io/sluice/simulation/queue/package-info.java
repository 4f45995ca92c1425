/** Queues as SQS has them: at least once, in order where they are FIFO, with an end of patience. */
@NullMarked
package io.sluice.simulation.queue;

import org.jspecify.annotations.NullMarked;
