package io.sluice.contracts.compatibility;

import static org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

/** Avro's own verdict, which says yes or no, against the one that comes from the differences. */
class AvroVerdictTest {
  private static final long SEED = 20_260_101;
  private static final int PAIRS = 3_000;
  private static final List<String> SIMPLE =
      List.of("int", "long", "float", "double", "string", "bytes", "boolean");

  private final Random random = new Random(SEED);

  @Test
  void agreesWithAvroOnEveryPair() {
    int compatible = 0;
    for (int i = 0; i < PAIRS; i++) {
      // Given
      Schema before = schema();
      Schema after = schema();

      // When
      Compatibility ours =
          new Compatibility(Compatibility.between(before, after), List.of(), List.of());

      // Then
      boolean backward = avro(after, before);
      assertThat(ours.holds(Direction.BACKWARD))
          .as("backward, pair %d: %s to %s: %s", i, before, after, ours.differences())
          .isEqualTo(backward);
      assertThat(ours.holds(Direction.FORWARD))
          .as("forward, pair %d: %s to %s: %s", i, before, after, ours.differences())
          .isEqualTo(avro(before, after));
      compatible += backward ? 1 : 0;
    }
    assertThat(compatible).isBetween(PAIRS / 20, PAIRS * 9 / 10);
  }

  private static boolean avro(Schema reader, Schema writer) {
    return checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }

  private Schema schema() {
    return new Schema.Parser().parse(record("R", 2).replace('\'', '"'));
  }

  /** Few names, so that two records share fields; at most one alias, so that none is ambiguous. */
  private String record(String name, int depth) {
    List<String> fields = new ArrayList<>();
    for (String field : List.of("a", "b", "c")) {
      if (chance(80) || (field.equals("c") && fields.isEmpty())) {
        fields.add(field(field, name, depth));
      }
    }
    return "{'type':'record','name':'%s','fields':[%s]}".formatted(name, String.join(",", fields));
  }

  private String field(String name, String around, int depth) {
    String type = type(around + "_" + name, depth);
    boolean nullable = chance(30);
    String whole = nullable ? "['null'," + type + "]" : type;
    String byDefault = nullable && chance(70) ? ",'default':null" : "";
    boolean renamed = chance(5);
    String alias = !renamed && chance(10) ? ",'aliases':['x" + name + "']" : "";
    String shown = renamed ? "x" + name : name;
    return "{'name':'%s','type':%s%s%s}".formatted(shown, whole, byDefault, alias);
  }

  private String type(String path, int depth) {
    int kind = random.nextInt(100);
    if (kind < 75) {
      return "'" + (chance(85) ? "int" : SIMPLE.get(random.nextInt(SIMPLE.size()))) + "'";
    }
    if (kind < 85) {
      String symbols = chance(50) ? "'A','B'" : "'A'";
      return "{'type':'enum','name':'E_%s','symbols':[%s]%s}"
          .formatted(path, symbols, chance(20) ? ",'default':'A'" : "");
    }
    if (kind < 88) {
      return "{'type':'fixed','name':'F_%s','size':%d}".formatted(path, 2 + random.nextInt(2));
    }
    if (depth == 0) {
      return "'string'";
    }
    return switch (kind % 3) {
      case 0 -> "{'type':'array','items':" + type(path, depth - 1) + "}";
      case 1 -> "{'type':'map','values':" + type(path, depth - 1) + "}";
      default -> record("N_" + path, depth - 1);
    };
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
