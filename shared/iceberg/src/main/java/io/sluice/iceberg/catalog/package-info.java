/**
 * Which catalog a lake has, and how it is opened. Glue on AWS, JDBC elsewhere; the code behind it
 * does not know which.
 */
@NullMarked
package io.sluice.iceberg.catalog;

import org.jspecify.annotations.NullMarked;
