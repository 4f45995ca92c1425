/**
 * Spark, with Iceberg's runtime for it, as a second reader of a lake. It shares no code with
 * Sluice: it knows the catalog, the folder of the objects, and the tables' names.
 */
@NullMarked
package io.sluice.engines;

import org.jspecify.annotations.NullMarked;
