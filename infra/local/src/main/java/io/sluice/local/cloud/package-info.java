/**
 * The embedded cloud: everything that {@code sam-template.yaml} declares, in one process and its
 * children, over a local folder. It knows buckets, queues and functions as the template names them;
 * it must not know what a function does, nor what a pipeline is.
 */
@NullMarked
package io.sluice.local.cloud;

import org.jspecify.annotations.NullMarked;
