/**
 * The auditor: proves from the lake alone that every record is accounted for, once. Trusts no stage
 * and calls none.
 */
@NullMarked
package io.sluice.iceberg.audit;

import org.jspecify.annotations.NullMarked;
