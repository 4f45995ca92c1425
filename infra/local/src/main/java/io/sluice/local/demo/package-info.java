/** The data of the demo: real earthquakes, and what real life does to files. */
@NullMarked
package io.sluice.local.demo;

import org.jspecify.annotations.NullMarked;
