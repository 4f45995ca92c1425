/**
 * Running a pipeline on files, start to published table, and telling what came of it from the lake
 * alone.
 */
@NullMarked
package io.sluice.local.run;

import org.jspecify.annotations.NullMarked;
