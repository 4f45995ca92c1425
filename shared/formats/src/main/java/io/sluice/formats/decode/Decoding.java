package io.sluice.formats.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.contracts.contract.UnknownPolicy;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import io.sluice.formats.row.FlatRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One record on its way through the decoders: where the parser is, and what was wrong so far. */
final class Decoding {
  private static final int MAX_PATH = 500;

  private final JsonParser parser;
  private final UnknownPolicy policy;
  private final UnknownFields unknown = new UnknownFields();
  private final Extras extras = new Extras();
  private final List<RecordError> errors = new ArrayList<>(0);
  private boolean matches = true;
  private int more;
  private int values;

  Decoding(JsonParser parser, UnknownPolicy policy) {
    this.parser = parser;
    this.policy = policy;
  }

  JsonParser parser() {
    return parser;
  }

  boolean at(JsonToken token) {
    return parser.currentToken() == token;
  }

  /** Makes room for values of the record, before they are read. */
  void count(int added) throws TooManyValues {
    values += added;
    if (values > FlatRow.MAX_ENTRIES) {
      throw new TooManyValues();
    }
  }

  /** Does with a field that the contract does not know what is declared. */
  void unknown(String parent, String name) throws IOException {
    unknown.count(parent, name);
    switch (policy) {
      case IGNORE -> parser.skipChildren();
      case CAPTURE -> extras.take(this);
      case REJECT -> {
        if (hasRoom()) {
          String path = path(parser.getParsingContext());
          errors.add(new RecordError("unknown", path, "a field of the contract", typeFound()));
        }
        parser.skipChildren();
      }
    }
  }

  /** The unknown fields of the record. */
  UnknownFields unknownFields() {
    return unknown;
  }

  /** What was captured of them, if anything was. */
  @Nullable String extras() throws IOException {
    return extras.text();
  }

  /** The current value has the wrong JSON type; it is skipped, and null stands in for it. */
  @Nullable Object wrongType(String expected) throws IOException {
    return refuse(at(JsonToken.VALUE_NULL) ? "null" : "type", expected);
  }

  /** The current value is wrong in itself; it is skipped, and null stands in for it. */
  @Nullable Object refuse(String code, String expected) throws IOException {
    matches = false;
    if (hasRoom()) {
      errors.add(new RecordError(code, path(parser.getParsingContext()), expected, found()));
    }
    parser.skipChildren();
    return null;
  }

  /** A field of the record that was just read is not there. */
  void missing(String name, String expected) {
    matches = false;
    if (hasRoom()) {
      String parent = path(parser.getParsingContext());
      errors.add(
          new RecordError(
              "missing", parent.isEmpty() ? name : parent + "." + name, expected, "nothing"));
    }
  }

  /** What kind of errors they are: that nothing but unknown fields is wrong, or anything. */
  ErrorClass errorClass() {
    return matches ? ErrorClass.CONTRACT : ErrorClass.SCHEMA;
  }

  /** All errors, the last one saying how many others there were if they are too many. */
  List<RecordError> errors() {
    if (more > 0) {
      errors.set(
          errors.size() - 1,
          new RecordError("more", "", "at most " + errors.size() + " errors", more + 1 + " more"));
    }
    return errors;
  }

  /** Whether one more error is told; if not, it is counted, and costs no more than that. */
  private boolean hasRoom() {
    boolean room = errors.size() < RecordDecoder.MAX_ERRORS;
    more += room ? 0 : 1;
    return room;
  }

  private String typeFound() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "a number";
    };
  }

  private String found() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> '"' + parser.getText() + '"';
      default -> parser.getText();
    };
  }

  private static String path(JsonStreamContext context) {
    StringBuilder path = new StringBuilder();
    prepend(context, path);
    return path.length() > MAX_PATH ? path.substring(0, MAX_PATH) + "…" : path.toString();
  }

  private static void prepend(JsonStreamContext context, StringBuilder path) {
    if (context.getParent() != null) {
      prepend(context.getParent(), path);
    }
    if (context.inObject() && context.hasCurrentName()) {
      String name = context.getCurrentName();
      path.append(path.isEmpty() ? "" : ".").append(name, 0, Math.min(name.length(), MAX_PATH + 1));
    } else if (context.inArray() && context.hasCurrentIndex()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    }
  }

  /** The record has more values than a row holds: reading on would only cost memory. */
  static final class TooManyValues extends IOException {
    private static final long serialVersionUID = 1;
  }
}
