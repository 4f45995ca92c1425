package io.sluice.contracts.pipeline;

import java.util.Optional;

/** Declarations of tests. */
final class Declared {
  /** The contract that they name. */
  static final String CONTRACT =
      """
      {"type":"record","name":"Event","fields":[
       {"name":"event_id","type":"string"},
       {"name":"region","type":["null","string"],"default":null},
       {"name":"amount","type":"double"},
       {"name":"day","type":{"type":"int","logicalType":"date"}},
       {"name":"ts","type":{"type":"long","logicalType":"timestamp-micros"}},
       {"name":"tags","type":{"type":"array","items":"string"}},
       {"name":"p","type":{"type":"record","name":"P","fields":[{"name":"net","type":"string"}]}}]}
      """;

  /** The least that a declaration says. */
  static final String SMALLEST =
      """
      pipeline:
        name: events
      ingestion:
        contract: contract.avsc
      transformation:
        idempotency_key: [event_id]
        event_time: ts
      """;

  /** The pipeline that {@code yaml} declares over the contract of these tests. */
  static Pipeline read(String yaml) {
    return read(yaml, CONTRACT);
  }

  /** The pipeline that {@code yaml} declares over {@code contract}. */
  static Pipeline read(String yaml, String contract) {
    return PipelineReader.read(
        yaml,
        "pipeline.yaml",
        name -> name.equals("contract.avsc") ? Optional.of(contract) : Optional.empty());
  }

  private Declared() {}
}
