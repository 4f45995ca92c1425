package io.sluice.contracts.contract;

import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.FieldPath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/**
 * The schema that every record of a pipeline must match, and the rules that Avro cannot say.
 *
 * @param schema an Avro record within the limits of {@link ContractRules}
 * @param rules which name fields of the schema that they can be held against
 * @param unknown what becomes of fields that the schema does not know
 */
public record Contract(Schema schema, List<Rule> rules, UnknownPolicy unknown) {
  /** The column that holds what a record has beyond the schema, where that is captured. */
  public static final String EXTRAS = "_extras";

  /** The longest contract that is read: far above any schema that people maintain. */
  public static final int MAX_CHARACTERS = 1 << 20;

  /** A pipeline sees thousands of versions at the most: 64 bits tell them apart. */
  private static final int FINGERPRINT_BYTES = 8;

  /** Refuses a schema that Sluice cannot hold records against, with the reason. */
  public Contract {
    ContractRules.check(schema);
    rules = List.copyOf(rules);
  }

  /** A schema without rules, which leaves out what it does not know. */
  public Contract(Schema schema) {
    this(schema, List.of(), UnknownPolicy.IGNORE);
  }

  /** The same schema with {@code others} in the place of its rules. */
  public Contract withRules(List<Rule> others) {
    return new Contract(schema, others, unknown);
  }

  /** The same with {@code other} in the place of its policy. */
  public Contract withUnknown(UnknownPolicy other) {
    return new Contract(schema, rules, other);
  }

  /**
   * The schema of accepted records: where unknown fields are captured, {@value #EXTRAS} is behind
   * the contract's fields.
   */
  public Schema kept() {
    if (unknown != UnknownPolicy.CAPTURE) {
      return schema;
    }
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      fields.add(new Schema.Field(field, field.schema()));
    }
    fields.add(
        new Schema.Field(
            EXTRAS,
            Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING)),
            null,
            Schema.Field.NULL_DEFAULT_VALUE));
    Schema kept =
        Schema.createRecord(
            schema.getName(), schema.getDoc(), schema.getNamespace(), schema.isError(), fields);
    schema.getObjectProps().forEach(kept::addProp);
    return kept;
  }

  /**
   * Reads a contract from Avro's JSON.
   *
   * @param name what the contract is called in errors: its file name
   * @throws ConfigurationFailure when it is not Avro, or not a contract
   */
  public static Contract parse(String json, String name) {
    if (json.length() > MAX_CHARACTERS) {
      throw invalid(name, "it is longer than " + MAX_CHARACTERS + " characters", null);
    }
    try {
      // Held against a type that is not there, a default would be what Avro complains of.
      new Schema.Parser().setValidateDefaults(false).parse(json);
      return new Contract(new Schema.Parser().parse(json));
    } catch (SchemaParseException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw invalid(name, "it is not an Avro schema: " + firstLine(cause), e);
    } catch (IllegalArgumentException e) {
      throw invalid(name, firstLine(e), e);
    } catch (RuntimeException e) {
      // Avro's own, and whatever it falls over.
      throw invalid(name, "it is not an Avro schema: " + firstLine(e), e);
    }
  }

  /**
   * The version of the contract: the first 64 bits of a SHA-256 over all that decides which records
   * are accepted and how they are kept, as 16 hex digits. Documentation, spelling and the names and
   * order of rules do not change it.
   */
  public String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(meaning().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** The field at {@code path}; arrays and maps have no fields that a path could name. */
  public Optional<ContractField> find(FieldPath path) {
    Schema type = schema;
    boolean nullable = false;
    for (String name : path.names()) {
      Schema.Field field = type.getType() == Schema.Type.RECORD ? type.getField(name) : null;
      if (field == null) {
        return Optional.empty();
      }
      nullable |= field.schema().isNullable();
      type = ContractField.withoutNull(field.schema());
    }
    return Optional.of(new ContractField(path, type, nullable));
  }

  private String meaning() {
    StringBuilder meaning = new StringBuilder(CanonicalForm.of(schema));
    rules.stream().map(Rule::meaning).sorted().forEach(rule -> meaning.append('\n').append(rule));
    if (unknown != UnknownPolicy.IGNORE) {
      meaning.append("\nunknown fields: ").append(unknown.word());
    }
    return meaning.toString();
  }

  private static ConfigurationFailure invalid(
      String name, String reason, @Nullable Throwable cause) {
    String message = "Invalid contract " + name + ": " + reason;
    return cause == null
        ? new ConfigurationFailure(message)
        : new ConfigurationFailure(message, cause);
  }

  /** Types that are not there stand in Avro's messages under numbers that are never the same. */
  private static String firstLine(Throwable e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return line.replaceAll("org\\.apache\\.avro\\.compiler\\.UnresolvedSchema_\\d+", "a name");
  }
}
