/**
 * The Lambda of the embedded cloud: execution environments that are processes, the Runtime API that
 * drives them, and the event source mappings that feed them from queues.
 */
@NullMarked
package io.sluice.local.cloud.lambda;

import org.jspecify.annotations.NullMarked;
