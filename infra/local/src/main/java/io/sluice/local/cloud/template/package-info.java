/**
 * What {@code sam-template.yaml} declares, as far as the embedded cloud runs it. It reads a file
 * and knows no server.
 */
@NullMarked
package io.sluice.local.cloud.template;

import org.jspecify.annotations.NullMarked;
