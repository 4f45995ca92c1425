/**
 * The SQS of the embedded cloud: ElasticMQ in memory, with the queues of the template. Messages do
 * not outlive the process; what they announce is in the lake, and can be announced again.
 */
@NullMarked
package io.sluice.local.cloud.queue;

import org.jspecify.annotations.NullMarked;
