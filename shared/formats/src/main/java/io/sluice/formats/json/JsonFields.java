package io.sluice.formats.json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record. Producers write the same fields in the same order again and again: each field
 * remembers which one came behind it the last time, and only when that fails its name is looked up.
 */
final class JsonFields implements JsonReader {
  private final JsonBytes in;

  private final JsonUnknown unknown;
  private final String path;
  private final Field[] fields;
  private final Map<ByteKey, Field> byName = new HashMap<>();
  private final ByteKey looked = new ByteKey();
  private final long[] readIn;
  private long reading;
  private Field first;

  JsonFields(JsonBytes in, JsonUnknown unknown, String path, List<Field> fields) {
    this.in = in;
    this.unknown = unknown;
    this.path = path;
    this.fields = fields.toArray(Field[]::new);
    this.readIn = new long[fields.size()];
    this.first = this.fields[0];
    for (int i = 0; i < this.fields.length; i++) {
      this.fields[i].position = i;
      this.fields[i].following = this.fields[(i + 1) % this.fields.length];
      byName.put(ByteKey.of(this.fields[i].text), this.fields[i]);
    }
  }

  @Override
  public void read(int repetition) {
    in.expect('{');
    long current = ++reading;
    int count = 0;
    if (in.next() == '}') {
      in.advance(1);
    } else {
      Field before = null;
      do {
        Field field = name(before);
        in.expect(':');
        in.next();
        if (field == null) {
          in.skipValue();
          continue;
        }
        if (readIn[field.position] == current) {
          throw StepAside.NOW;
        }
        readIn[field.position] = current;
        field.value.read(repetition);
        before = field;
        count++;
      } while (in.hasMore('}'));
    }
    if (count < fields.length) {
      for (Field field : fields) {
        if (readIn[field.position] != current) {
          field.absent.read(repetition);
        }
      }
    }
  }

  /** Goes behind a field's name; null when the contract does not know it. */
  private @Nullable Field name(@Nullable Field before) {
    in.expect('"');
    Field expected = before == null ? first : before.following;
    if (in.skip(expected.name)) {
      return expected;
    }
    in.advance(-1);
    int close = in.plainString();
    int start = in.stringStart();
    if (close - start > JsonBytes.MAX_NAME_BYTES) {
      throw StepAside.NOW;
    }
    Field field = byName.get(looked.at(in.bytes(), start, close));
    if (field == null) {
      unknown.note(path, start, close);
    } else if (before == null) {
      first = field;
    } else {
      before.following = field;
    }
    return field;
  }

  /** One field, and what follows it in the text as far as is known. */
  static final class Field {
    private final String text;
    private final Name name;
    private final JsonReader value;
    private final JsonReader absent;
    private int position;
    private Field following = this;

    /** {@code absent} reads nothing, and adds what stands for a field that is not there. */
    Field(String text, JsonReader value, JsonReader absent) {
      this.text = text;
      this.name = new Name(text);
      this.value = value;
      this.absent = absent;
    }
  }
}
