package io.sluice.formats;

import io.sluice.contracts.contract.Contract;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** A contract with every type, nested three deep and nullable everywhere, and how to compare. */
public final class EveryType {
  private static final String SCALARS =
      """
      {"name":"i","type":"int"},{"name":"l","type":["null","long"],"default":null},
      {"name":"f","type":["null","float"]},{"name":"d","type":"double"},
      {"name":"b","type":["boolean","null"],"default":true},{"name":"s","type":"string"},
      {"name":"so","type":["null","string"]},
      {"name":"y","type":["null","bytes"]},
      {"name":"x","type":{"type":"fixed","name":"X#","size":3},"default":"abc"},
      {"name":"e","type":{"type":"enum","name":"E#","symbols":["A","Bb","Longer_Than_Eight"]}},
      {"name":"u","type":["null",{"type":"string","logicalType":"uuid"}]},
      {"name":"day","type":{"type":"int","logicalType":"date"}},
      {"name":"ms","type":["null",{"type":"long","logicalType":"timestamp-millis"}]},
      {"name":"us","type":{"type":"long","logicalType":"timestamp-micros"}},
      {"name":"n","type":["null",
        {"type":"bytes","logicalType":"decimal","precision":9,"scale":2}]},
      {"name":"a_longer_name_than_16","type":{"type":"fixed","name":"M#","size":16,
        "logicalType":"decimal","precision":38,"scale":4}}
      """;

  private static final String DEFAULT =
      """
      {"i":7,"l":null,"f":null,"d":1.5,"b":true,"s":"x","so":null,"y":null,"x":"\\u0001bc","e":"A",
      "u":null,"day":1,"ms":null,"us":2,"n":null,"a_longer_name_than_16":"%s"}
      """
          .formatted("\\u0000".repeat(15) + "\\u0001");

  /** The contract. */
  public static final Contract CONTRACT =
      Contract.parse(
          """
          {"type":"record","name":"Every","fields":[%s,
          {"name":"list","type":{"type":"array","items":["null","long"]}},
          {"name":"texts","type":["null",{"type":"map","values":["null","string"]}]},
          {"name":"deep","type":["null",{"type":"map","values":["null",{"type":"array","items":
            ["null",{"type":"record","name":"In","fields":[%s,
              {"name":"more","type":{"type":"array","items":{"type":"map","values":
                {"type":"array","items":"double"}}}}]}]}]}]},
          {"name":"one","type":{"type":"record","name":"One","fields":[
            {"name":"two","type":["null",{"type":"record","name":"Two","fields":[
              {"name":"three","type":["null",
                {"type":"record","name":"Three","fields":[%s]}]}]}]}]}},
          {"name":"spare","type":{"type":"array","items":
            {"type":"record","name":"S","fields":[%s]}},"default":[%s]}
          ]}
          """
              .formatted(
                  SCALARS.replace("#", "0"),
                  SCALARS.replace("#", "1"),
                  SCALARS.replace("#", "2"),
                  SCALARS.replace("#", "3"),
                  DEFAULT),
          "every.avsc");

  private EveryType() {}

  /** A value as text that is the same only for the same value, bit for bit. */
  public static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case CharSequence text -> '"' + text.toString() + '"';
      case Float number -> "f" + Float.floatToRawIntBits(number);
      case Double number -> "d" + Double.doubleToRawLongBits(number);
      case ByteBuffer buffer -> {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        yield Arrays.toString(bytes);
      }
      case GenericFixed fixed -> Arrays.toString(fixed.bytes());
      case List<?> list -> list.stream().map(EveryType::text).toList().toString();
      case Map<?, ?> map -> {
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, each) -> sorted.put(String.valueOf(key), text(each)));
        yield sorted.toString();
      }
      case IndexedRecord record -> {
        StringBuilder fields = new StringBuilder("{");
        record
            .getSchema()
            .getFields()
            .forEach(
                field ->
                    fields.append(field.name()).append('=').append(text(record.get(field.pos()))));
        yield fields.append('}').toString();
      }
      default -> value.toString();
    };
  }
}
