/**
 * The S3 of the embedded cloud: S3Proxy over a folder, with the two things that it lacks, events
 * for new objects and ETags on file systems without extended attributes.
 */
@NullMarked
package io.sluice.local.cloud.storage;

import org.jspecify.annotations.NullMarked;
