/**
 * Queues on SQS: how a stage hands on a message, and the one loop that every handler receives its
 * messages through.
 *
 * <p>SQS delivers a batch and wants to hear which messages failed; those come again, the others are
 * deleted. So a message that is done must never be reported, a failed one must never be left out,
 * and in a FIFO group nothing may overtake a message that comes again. Knows no stage.
 */
@NullMarked
package io.sluice.aws.sqs;

import org.jspecify.annotations.NullMarked;
