/** Object storage on S3. Knows no layout of keys and nothing of what the objects hold. */
@NullMarked
package io.sluice.aws.s3;

import org.jspecify.annotations.NullMarked;
