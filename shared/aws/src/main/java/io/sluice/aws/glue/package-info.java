/**
 * Schemas in AWS Glue Schema Registry, read and never registered. Knows one call of Glue, which it
 * signs and sends itself: the SDK's client of Glue has 9 MB, and land would carry it for this.
 */
@NullMarked
package io.sluice.aws.glue;

import org.jspecify.annotations.NullMarked;
