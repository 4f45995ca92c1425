/**
 * The S3 client that Iceberg reads and writes table files with: the same as everywhere else. The
 * only code outside the iceberg module that knows one of Iceberg's types, the interface that it
 * asks for clients by.
 */
@NullMarked
package io.sluice.aws.table;

import org.jspecify.annotations.NullMarked;
