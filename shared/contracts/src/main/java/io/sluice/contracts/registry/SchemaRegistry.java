package io.sluice.contracts.registry;

import io.sluice.contracts.framing.SchemaId;
import java.util.Optional;

/**
 * Where schemas are kept. Every method throws {@link io.sluice.core.failure.TransientFailure} when
 * the registry does not answer, which says nothing of whether it has the schema.
 */
public interface SchemaRegistry {
  /**
   * The text of an Avro schema of {@code subject}, with what it refers to; empty when there is no
   * such subject or version.
   */
  Optional<String> find(Subject subject);

  /**
   * The text of the Avro schema of that id; empty when the registry is up and has none, or one of
   * another kind: a record can name any, and what it names is no fault of the declaration.
   */
  Optional<String> find(SchemaId id);
}
