/**
 * A lake in memory for the tests of this module and of the stages that use it: objects, catalog,
 * and batches that land as they do in earnest. Nothing of it is static, so each test has its own.
 */
@NullMarked
package io.sluice.iceberg.lake;

import org.jspecify.annotations.NullMarked;
