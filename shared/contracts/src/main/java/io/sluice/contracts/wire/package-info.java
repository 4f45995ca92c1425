/**
 * Messages, manifests and verdicts as JSON: the contract between the stages. Readers ignore fields
 * they do not know, so that an older function can follow a newer one.
 */
@NullMarked
package io.sluice.contracts.wire;

import org.jspecify.annotations.NullMarked;
