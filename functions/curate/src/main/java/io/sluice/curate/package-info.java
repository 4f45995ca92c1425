/**
 * Curate: landed batches of one pipeline become one snapshot on its table's audit branch, exactly
 * once however often they are announced. Knows neither Iceberg nor AWS: it decides, the ports do.
 */
@NullMarked
package io.sluice.curate;

import org.jspecify.annotations.NullMarked;
