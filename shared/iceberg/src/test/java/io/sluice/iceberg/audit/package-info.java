/** The auditor, held against lakes that are faulty on purpose. */
@NullMarked
package io.sluice.iceberg.audit;

import org.jspecify.annotations.NullMarked;
