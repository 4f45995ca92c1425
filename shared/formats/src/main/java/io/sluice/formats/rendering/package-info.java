/**
 * Records of other formats as JSON for the record decoder, and the limits of JSON that hold for
 * every contract.
 */
@NullMarked
package io.sluice.formats.rendering;

import org.jspecify.annotations.NullMarked;
