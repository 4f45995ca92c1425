package io.sluice.simulation.stage;

import io.sluice.core.forward.ForwardingAuditedTable;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.SnapshotMeasures;
import java.util.function.UnaryOperator;

/** A table that is another one, but for how it is measured. */
public final class MeasuredTable extends ForwardingAuditedTable {
  private final UnaryOperator<SnapshotMeasures> measuring;

  /** All of {@code whole}, whose measures go through {@code measuring}. */
  public MeasuredTable(AuditedTable whole, UnaryOperator<SnapshotMeasures> measuring) {
    super(whole);
    this.measuring = measuring;
  }

  @Override
  public SnapshotMeasures measures() {
    return measuring.apply(super.measures());
  }
}
