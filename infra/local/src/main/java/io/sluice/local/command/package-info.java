/**
 * One class for each command: options in, one call, an exit status out. Only these know picocli.
 */
@NullMarked
package io.sluice.local.command;

import org.jspecify.annotations.NullMarked;
