/**
 * How fast land's path from bytes to Parquet is, beside an engine that checks nothing. Measures;
 * judges nothing and is no part of the product.
 */
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
