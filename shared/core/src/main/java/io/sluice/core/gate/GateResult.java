package io.sluice.core.gate;

/** One rule held against one snapshot. */
public record GateResult(GateRule rule, Measurement measurement, boolean passed) {}
