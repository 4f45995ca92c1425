package io.sluice.formats.quarantine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import io.sluice.core.id.FieldPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values of declared fields out of rejected records: no error tells them, and the bytes
 * that are kept hold {@value #MASK} in their place. Where the bytes are not one JSON object nobody
 * can say where a value is, so that only their digest is kept. The source object is not touched.
 */
public final class Redaction {
  /** What stands where a value stood. */
  public static final String MASK = "***";

  /** Nothing is redacted. */
  public static final Redaction NONE = new Redaction(List.of());

  private static final JsonFactory JSON = new JsonFactory();

  private final List<List<String>> fields;

  /**
   * Redacts {@code fields} and what is in them; the elements of an array have its path. Names count
   * in any case: a misspelt one is rejected, and its value must not be told for that.
   */
  public Redaction(List<FieldPath> fields) {
    this.fields = fields.stream().map(field -> lower(field.names())).toList();
  }

  /** What quarantine may keep of {@code record}. */
  QuarantinedRecord apply(Origin origin, RejectedRecord record) {
    boolean isCut = record.errorClass() == ErrorClass.SIZE;
    return apply(origin, record, isCut ? BytesKept.BEGINNING : BytesKept.WHOLE);
  }

  /**
   * What quarantine may keep of {@code record}.
   *
   * @param unmasked what its bytes are where nothing is redacted
   */
  public QuarantinedRecord apply(Origin origin, RejectedRecord record, BytesKept unmasked) {
    if (fields.isEmpty()) {
      return new QuarantinedRecord(origin, record, unmasked);
    }
    byte[] bytes = new byte[record.bytes().remaining()];
    record.bytes().duplicate().get(bytes);
    Optional<byte[]> masked = masked(bytes);
    byte[] kept = masked.orElseGet(() -> digest(bytes).getBytes(StandardCharsets.US_ASCII));
    RejectedRecord redacted =
        new RejectedRecord(
            record.ordinal(),
            record.line(),
            record.byteOffset(),
            ByteBuffer.wrap(kept),
            record.errorClass(),
            record.errors().stream().map(this::masked).toList());
    return new QuarantinedRecord(
        origin, redacted, masked.isPresent() ? BytesKept.REDACTED : BytesKept.DIGEST);
  }

  /** An error at a redacted field, in it or around it may tell the value. */
  private RecordError masked(RecordError error) {
    boolean mayTell =
        error.path().isEmpty() || Stream.of(error.path().split(",")).anyMatch(this::mayTell);
    return mayTell
        ? new RecordError(error.code(), error.path(), error.expected(), MASK, error.rule())
        : error;
  }

  /** A rule over several fields names them all, with commas between them. */
  private boolean mayTell(String field) {
    List<String> path = lower(List.of(field.replaceAll("\\[[^]]*]", "").split("\\.", -1)));
    return fields.stream()
        .anyMatch(redacted -> isWithin(redacted, path) || isWithin(path, redacted));
  }

  private static boolean isWithin(List<String> outer, List<String> inner) {
    return inner.size() >= outer.size() && inner.subList(0, outer.size()).equals(outer);
  }

  /** The record with its values masked; empty when the bytes are not one JSON object. */
  private Optional<byte[]> masked(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    try (JsonParser parser = JSON.createParser(bytes);
        JsonGenerator generator = JSON.createGenerator(out)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      copyObject(parser, generator);
      if (parser.nextToken() != null) {
        return Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.of(out.toByteArray());
  }

  private void copyObject(JsonParser parser, JsonGenerator generator) throws IOException {
    Deque<@Nullable String> around = new ArrayDeque<>();
    generator.writeStartObject();
    int depth = 1;
    String name = "";
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.FIELD_NAME) {
        name = parser.currentName();
        generator.writeFieldName(name);
        if (isRedacted(around, name)) {
          parser.nextToken();
          parser.skipChildren();
          generator.writeString(MASK);
        }
        continue;
      }
      if (token == JsonToken.START_OBJECT) {
        around.addLast(name);
        depth++;
      } else if (token == JsonToken.END_OBJECT) {
        name = depth > 1 ? String.valueOf(around.removeLast()) : name;
        depth--;
      }
      generator.copyCurrentEventExact(parser);
    }
  }

  private boolean isRedacted(Deque<@Nullable String> around, String name) {
    List<String> path = new ArrayList<>(around.size() + 1);
    around.forEach(each -> path.add(String.valueOf(each)));
    path.add(name);
    return fields.contains(lower(path));
  }

  private static List<String> lower(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(hash) + " of " + bytes.length + " bytes";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
