/**
 * The rules of a contract, held against records. Compiled once; knows the values of a record by
 * position and not how the record is kept, nor what becomes of one that breaks a rule.
 */
@NullMarked
package io.sluice.contracts.rule;

import org.jspecify.annotations.NullMarked;
