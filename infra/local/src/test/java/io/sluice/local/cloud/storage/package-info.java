/** Tests of what the S3 of the embedded cloud adds to S3Proxy. */
@NullMarked
package io.sluice.local.cloud.storage;

import org.jspecify.annotations.NullMarked;
