package io.sluice.simulation.stage;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.GateRequest;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.port.Announcer;
import io.sluice.core.port.AuditedTable;
import io.sluice.core.port.BatchTable;
import io.sluice.core.port.CuratedTable;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.QuarantineTable;
import java.util.function.Consumer;
import org.apache.iceberg.Table;

/**
 * How the stages of one world get their ports: as they are. What extends this wires another system,
 * of which the simulation has to find out what is wrong with it.
 */
public class Wiring {
  /** The objects as {@code stage} has them. */
  public ObjectStore store(Stage stage, ObjectStore port) {
    return port;
  }

  /** How {@code stage} tells the next one. */
  public <M> Announcer<M> announcer(Stage stage, Announcer<M> port) {
    return port;
  }

  /** The table as curate has it. */
  public CuratedTable curated(CuratedTable port) {
    return port;
  }

  /** The rejected records as curate has them. */
  public QuarantineTable quarantine(QuarantineTable port) {
    return port;
  }

  /** The table as gate has it. */
  public AuditedTable audited(AuditedTable port) {
    return port;
  }

  /** The table as gate's rules have it, given what gate has. */
  public AuditedTable judged(AuditedTable table) {
    return table;
  }

  /** The table of batches as {@code stage} has it. */
  public BatchTable batches(Stage stage, BatchTable port) {
    return port;
  }

  /** The pipeline as {@code stage} reads it. */
  public Pipeline declared(Stage stage, Pipeline pipeline) {
    return pipeline;
  }

  /** The table as Iceberg has it. */
  public Table table(Table table) {
    return table;
  }

  /** A batch as curate reads it. */
  public LandedBatch batch(LandedBatch batch) {
    return batch;
  }

  /** A request as gate reads it. */
  public GateRequest request(GateRequest request) {
    return request;
  }

  /** What a function does with what its batch loop hands over. */
  public <M> Consumer<M> handler(Stage stage, Consumer<M> handler) {
    return handler;
  }
}
