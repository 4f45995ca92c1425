/**
 * Schemas that are kept elsewhere, by subject or by the id that records carry. Reads registries and
 * never registers anything; keeps what it has learned while a registry is down.
 */
@NullMarked
package io.sluice.contracts.registry;

import org.jspecify.annotations.NullMarked;
