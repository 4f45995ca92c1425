package io.sluice.formats.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.UnknownPolicy;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import io.sluice.formats.row.FlatRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/**
 * Turns one JSON object into one Avro record, or says everything that is wrong with it. Compiled
 * from a contract once; serves one thread at a time.
 *
 * <p>What JSON a contract's types accept:
 *
 * <ul>
 *   <li>int, long: a number without fraction or exponent, in range. {@code 5.0} is none.
 *   <li>float, double: any number that is finite as such.
 *   <li>string, enum, boolean: themselves. An enum's default does not stand in for unknown symbols.
 *   <li>bytes, fixed: base64 of RFC 4648, padded.
 *   <li>decimal: a number, or a string that holds one, which scale and precision keep exactly.
 *   <li>uuid: 36 characters in either case; kept in lower case.
 *   <li>date: days since 1970, or {@code yyyy-mm-dd}; years 1 to 9999.
 *   <li>timestamp: units since 1970, or ISO-8601 with an offset and no finer than the unit; years 1
 *       to 9999.
 *   <li>record, map: an object whose keys differ; array: an array.
 * </ul>
 *
 * A field that is missing takes its default, else null if it may be null. Fields that the contract
 * does not know are counted wherever JSON can be read, and rejected, left out or captured as it
 * says: records are those of {@link Contract#kept}.
 */
public final class RecordDecoder {
  /** How many errors of one record are kept; at the limit the last says how many more there are. */
  public static final int MAX_ERRORS = 100;

  /** How deep JSON may nest: twice as deep as a contract. */
  public static final int MAX_DEPTH = 64;

  /** Said of a record with more than {@link FlatRow#MAX_ENTRIES} values. */
  public static final Decoded TOO_MANY_VALUES =
      new Decoded.Rejected(
          ErrorClass.SIZE,
          List.of(
              new RecordError(
                  "too_many", "", "at most " + FlatRow.MAX_ENTRIES + " values", "more values")));

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private static final Decoded TOO_MUCH_UNKNOWN =
      new Decoded.Rejected(
          ErrorClass.SIZE,
          List.of(
              new RecordError(
                  "extras",
                  "",
                  "at most " + Extras.MAX_BYTES + " bytes of unknown fields",
                  "more")));

  private final ValueDecoder root;
  private final UnknownPolicy policy;
  private final Utf8Check utf8 = new Utf8Check();
  private final UnknownFields unknown;

  private RecordDecoder(ValueDecoder root, UnknownPolicy policy, UnknownFields unknown) {
    this.root = root;
    this.policy = policy;
    this.unknown = unknown;
  }

  /** A decoder for records of {@code contract}. */
  public static RecordDecoder compile(Contract contract) {
    return compile(contract, new UnknownFields());
  }

  /** The same, which counts unknown fields in {@code unknown}. */
  public static RecordDecoder compile(Contract contract, UnknownFields unknown) {
    return new RecordDecoder(Decoders.of(contract.kept(), ""), contract.unknown(), unknown);
  }

  /** Decodes {@code length} bytes from {@code offset}: one record, without its line end. */
  public Decoded decode(byte[] bytes, int offset, int length) {
    int invalid = utf8.firstInvalid(bytes, offset, length);
    if (invalid >= 0) {
      String found = String.format("0x%02x at byte %d", bytes[offset + invalid] & 0xff, invalid);
      return unparseable("utf8", "UTF-8", found);
    }
    try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
      return decode(parser);
    } catch (Decoding.TooManyValues e) {
      return TOO_MANY_VALUES;
    } catch (Extras.TooLarge e) {
      return TOO_MUCH_UNKNOWN;
    } catch (JsonProcessingException e) {
      long position = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
      return unparseable("json", "a JSON object", e.getOriginalMessage() + " at byte " + position);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory can always be read", e);
    }
  }

  private Decoded decode(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      return unparseable("json", "a JSON object", "nothing");
    }
    Decoding decoding = new Decoding(parser, policy);
    Object record = root.decode(decoding);
    if (parser.nextToken() != null) {
      return unparseable("trailing", "nothing after the record", parser.getText());
    }
    unknown.addAll(decoding.unknownFields());
    List<RecordError> errors = decoding.errors();
    if (!errors.isEmpty() || !(record instanceof GenericRecord accepted)) {
      return new Decoded.Rejected(decoding.errorClass(), errors);
    }
    if (policy == UnknownPolicy.CAPTURE) {
      accepted.put(Contract.EXTRAS, decoding.extras());
    }
    return new Decoded.Accepted(accepted);
  }

  /** How often each field was seen that the contract does not know. */
  public Map<String, Long> unknownFields() {
    return unknown.counts();
  }

  private static Decoded unparseable(String code, String expected, String found) {
    return new Decoded.Rejected(
        ErrorClass.PARSE, List.of(new RecordError(code, "", expected, found)));
  }
}
