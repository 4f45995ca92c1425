/**
 * The command line: finds out what is asked and hands it on. Exit statuses: 0 done, 1 the pipeline
 * said no, 2 wrong usage or configuration, 3 infrastructure.
 */
@NullMarked
package io.sluice.local;

import org.jspecify.annotations.NullMarked;
