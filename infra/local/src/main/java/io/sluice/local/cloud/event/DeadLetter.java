package io.sluice.local.cloud.event;

/**
 * A message that was received as often as its queue allows, and never handled.
 *
 * @param queue the id, in the template, of the queue that it was taken from
 * @param reason what was said when it last failed
 */
public record DeadLetter(String queue, String messageId, String body, String reason) {}
