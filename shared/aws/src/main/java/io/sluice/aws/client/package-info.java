/**
 * The AWS clients, built once with explicit limits, and what their exceptions mean to a stage.
 * Knows no stage and reads no setting: region, credentials and endpoints are the SDK's own, or
 * given.
 */
@NullMarked
package io.sluice.aws.client;

import org.jspecify.annotations.NullMarked;
