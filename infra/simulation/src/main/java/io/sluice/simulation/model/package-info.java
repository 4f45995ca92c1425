/** What must come out, in plain Java: no class of the product is known here. */
@NullMarked
package io.sluice.simulation.model;

import org.jspecify.annotations.NullMarked;
