/**
 * What is known of one batch: the manifest that says it is landed, its counts, its rejected
 * records, and the messages that hand it from stage to stage.
 */
@NullMarked
package io.sluice.core.batch;

import org.jspecify.annotations.NullMarked;
