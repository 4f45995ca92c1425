package io.sluice.contracts.registry;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.failure.ConfigurationFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Makes one text of a schema and of those that it refers to, which a registry keeps apart: a type
 * stands where it is named first.
 */
final class ReferredSchemas {
  /** Some dozens of shared types; each costs a request. */
  static final int MAX_REFERENCES = 50;

  private final Function<Subject, Optional<Registered>> registry;
  private final Schema.Parser parser = new Schema.Parser();
  private final Set<Subject> read = new HashSet<>();
  private int characters;

  private ReferredSchemas(Function<Subject, Optional<Registered>> registry) {
    this.registry = registry;
  }

  /** A schema as a registry has it: a text that may name types of {@code references}. */
  record Registered(String name, String type, String schema, List<Subject> references) {
    /** The word for Avro, which a registry need not say. */
    private static final String AVRO = "AVRO";

    boolean isAvro() {
      return type.equals(AVRO);
    }
  }

  /**
   * The whole text of {@code schema}.
   *
   * @throws ConfigurationFailure when a schema that it refers to is not there or is not Avro, or
   *     when they are too many or too long
   */
  static String join(Registered schema, Function<Subject, Optional<Registered>> registry) {
    requireAvro(schema);
    return schema.references().isEmpty()
        ? schema.schema()
        : new ReferredSchemas(registry).parse(schema).toString();
  }

  private Schema parse(Registered schema) {
    requireAvro(schema);
    for (Subject reference : schema.references()) {
      if (read.add(reference)) {
        limit(schema, read.size(), MAX_REFERENCES, "other schemas");
        parse(
            registry
                .apply(reference)
                .orElseThrow(
                    () ->
                        new ConfigurationFailure(
                            "Schema does not exist: %s (%s refers to it)"
                                .formatted(reference, schema.name()))));
      }
    }
    characters += schema.schema().length();
    limit(schema, characters, Contract.MAX_CHARACTERS, "characters, with what it refers to");
    try {
      return parser.parse(schema.schema());
    } catch (AvroRuntimeException e) {
      throw new ConfigurationFailure(
          "Invalid schema at " + schema.name() + ": it is not an Avro schema: " + e.getMessage(),
          e);
    }
  }

  private static void requireAvro(Registered schema) {
    if (!schema.isAvro()) {
      throw new ConfigurationFailure(
          "Invalid schema at " + schema.name() + ": " + schema.type() + " (Avro is wanted)");
    }
  }

  private static void limit(Registered schema, int count, int most, String things) {
    if (count > most) {
      throw new ConfigurationFailure(
          "Invalid schema at %s: it has more than %d %s".formatted(schema.name(), most, things));
    }
  }
}
