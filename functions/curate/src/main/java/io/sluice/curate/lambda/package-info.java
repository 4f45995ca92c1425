/**
 * The stage as a Lambda function: settings, wiring, and the handler that translates between SQS and
 * the stage. The only code of this module that knows AWS events and Quarkus; it decides nothing.
 */
@NullMarked
package io.sluice.curate.lambda;

import org.jspecify.annotations.NullMarked;
