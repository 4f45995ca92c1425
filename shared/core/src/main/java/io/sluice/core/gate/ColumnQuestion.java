package io.sluice.core.gate;

/** A measure of the rows that a filter lets through. */
public record ColumnQuestion(ColumnMeasure measure, RowFilter where) {}
