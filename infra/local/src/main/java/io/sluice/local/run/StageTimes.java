package io.sluice.local.run;

import java.time.Duration;

/**
 * When each stage finished its last piece of this invocation's work, counted from the start; zero
 * where it had none.
 *
 * @param curate the last commit to audit
 * @param gate the last verdict
 */
public record StageTimes(Duration land, Duration curate, Duration gate) {}
