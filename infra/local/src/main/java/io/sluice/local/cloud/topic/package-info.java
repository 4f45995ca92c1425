/**
 * Topics: as much of SNS as the template uses. Publish is all that is understood, and queues of the
 * template are all that can be subscribed.
 */
@NullMarked
package io.sluice.local.cloud.topic;

import org.jspecify.annotations.NullMarked;
