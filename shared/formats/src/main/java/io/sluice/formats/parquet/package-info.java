/**
 * Accepted records as Parquet. Only this package and quarantine know parquet-java, and neither
 * touches Hadoop's configuration or file systems.
 */
@NullMarked
package io.sluice.formats.parquet;

import org.jspecify.annotations.NullMarked;
