/**
 * One accepted record as it goes to Parquet: flat columns of values with their repetition and
 * definition levels, as Dremel has them. Knows Avro's types, but neither JSON nor parquet-java.
 */
@NullMarked
package io.sluice.formats.row;

import org.jspecify.annotations.NullMarked;
