/**
 * What lies between two versions of a contract: every difference, which readers it breaks, and what
 * it asks of the table. Follows Avro's rules of schema resolution, and tells what they overlook.
 */
@NullMarked
package io.sluice.contracts.compatibility;

import org.jspecify.annotations.NullMarked;
