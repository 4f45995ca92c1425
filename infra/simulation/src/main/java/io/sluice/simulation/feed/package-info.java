/** What comes in: pipelines of every kind, and small objects of records, good and bad. */
@NullMarked
package io.sluice.simulation.feed;

import org.jspecify.annotations.NullMarked;
