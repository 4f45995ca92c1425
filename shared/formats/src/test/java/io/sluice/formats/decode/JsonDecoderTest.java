package io.sluice.formats.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.UnknownPolicy;
import io.sluice.formats.EveryType;
import io.sluice.formats.JsonMaker;
import io.sluice.formats.MutatedLine;
import io.sluice.formats.json.JsonRows;
import io.sluice.formats.row.FlatRow;
import io.sluice.formats.row.RowColumn;
import io.sluice.formats.row.RowShape;
import io.sluice.formats.row.RowShredder;
import io.sluice.formats.row.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecoderTest {
  /** Longer runs are made by hand: -Dsluice.mutants=10000000 -Dsluice.seed=7. */
  private static final int MUTANTS = Integer.getInteger("sluice.mutants", 5_000);

  private static final long SEED = Long.getLong("sluice.seed", 20181131L);

  @ParameterizedTest
  @EnumSource
  void saysOfEveryMutantWhatTheCarefulDecoderSays(UnknownPolicy policy) {
    // Given
    Random random = new Random(SEED);
    JsonMaker maker = new JsonMaker(random);
    Contract contract = EveryType.CONTRACT.withUnknown(policy);
    JsonDecoder quick = JsonDecoder.compile(contract);
    RecordDecoder careful = RecordDecoder.compile(contract);
    JsonRows rows = new JsonRows(contract, (parent, name) -> {});
    int flat = 0;

    for (int i = 0; i < MUTANTS; i++) {
      // When
      byte[] line = MutatedLine.of(maker.make(EveryType.CONTRACT.schema()).getBytes(UTF_8), random);
      byte[] around = Arrays.copyOf(line, line.length + random.nextInt(10));
      Decoded decoded = quick.decode(around, 0, line.length);

      // Then
      String shown = "seed " + SEED + ", mutant " + i + ": " + new String(line, UTF_8);
      Decoded expected = careful.decode(line, 0, line.length);
      assertThat(text(decoded)).as(shown).isEqualTo(text(expected));
      if (decoded instanceof Decoded.Accepted accepted && accepted.row() instanceof FlatRow row) {
        flat += rows.read(line, 0, line.length) ? 1 : 0;
        GenericRecord again = ((Decoded.Accepted) expected).record();
        assertThat(columns(row)).as(shown).isEqualTo(columns(shredded(again)));
      }
    }
    assertThat(quick.unknownFields()).isEqualTo(careful.unknownFields());
    assertThat(flat).isGreaterThan(MUTANTS / 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "1"})
  void rejectsAFewBytesThatStandForManyValues(String element) {
    // Given
    String fields =
        IntStream.range(0, 100)
            .mapToObj(i -> "{\"name\":\"f" + i + "\",\"type\":[\"null\",\"int\"]}")
            .collect(joining(","));
    Contract contract =
        Contract.parse(
            """
            {"type":"record","name":"R","fields":[{"name":"a","type":{"type":"array","items":
            ["null",{"type":"record","name":"Wide","fields":[%s]}]}}]}"""
                .formatted(fields),
            "r");
    byte[] line = ("{\"a\":[" + "null,".repeat(100_000) + element + "]}").getBytes(UTF_8);
    byte[] few = "{\"a\":[null,{}]}".getBytes(UTF_8);
    JsonDecoder decoder = JsonDecoder.compile(contract);

    // When
    Decoded decoded = decoder.decode(line, 0, line.length);

    // Then
    assertThat(decoded).isInstanceOf(Decoded.Rejected.class);
    assertThat(((Decoded.Rejected) decoded).errors().getFirst().code())
        .isEqualTo(element.equals("1") ? "type" : "too_many");
    assertThat(decoder.decode(few, 0, few.length)).isInstanceOf(Decoded.Accepted.class);
  }

  private static String text(Decoded decoded) {
    return switch (decoded) {
      case Decoded.Accepted accepted -> EveryType.text(accepted.record());
      case Decoded.Rejected rejected -> rejected.toString();
    };
  }

  private static FlatRow shredded(GenericRecord record) {
    return new RowShredder(new FlatRow(RowShape.of(record.getSchema()))).shred(record);
  }

  /** Levels and values, one column per line. */
  private static List<String> columns(FlatRow row) {
    List<String> columns = new ArrayList<>();
    for (RowType.Single type : row.shape().columns()) {
      RowColumn column = row.column(type.column());
      StringBuilder entries = new StringBuilder();
      int next = 0;
      for (int i = 0; i < column.entries(); i++) {
        entries.append(column.repetition(i)).append('/').append(column.definition(i));
        if (column.definition(i) == type.place().definition()) {
          long value = column.value(next++);
          entries.append('=').append(value(row, type.kind(), value));
        }
        entries.append(' ');
      }
      columns.add(entries.toString());
    }
    return columns;
  }

  private static String value(FlatRow row, RowType.Kind kind, long value) {
    return switch (kind) {
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE -> String.valueOf(value);
      case TEXT, SYMBOL, BYTES, FIXED, UUID -> {
        int start = FlatRow.start(value);
        byte[] bytes = row.holder(value);
        yield Arrays.toString(Arrays.copyOfRange(bytes, start, start + FlatRow.length(value)));
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "0.0",
        "1e400",
        "-1e400",
        "1e-400",
        "-1e-400",
        "5e-324",
        "2e-324",
        "+1",
        ".5",
        "5.",
        "01",
        "-01",
        "0x1",
        "1e",
        "1e+",
        "1e5",
        "1E-5",
        "-",
        "--1",
        "1_0",
        "1f",
        "NaN",
        "-0",
        "-0.0",
        "-0e0",
        "-0.0000000000000000000000000000000000",
        "-0e-400",
        "9007199254740991",
        "9007199254740993",
        "9007199254740993.0",
        "1e22",
        "1e23",
        "1.0e-22",
        "123456789012345678",
        "1234567890123456789",
        "12345678901234567890",
        "0.000000000000000000001",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "2147483647",
        "2147483648",
        "-2147483649",
        "3.4028235677973366e38",
        "3.4028235677973367e38",
        "1.00000017881393432617187499",
        "1.00000017881393421514957253748434595763683319091796875001",
        "179769313486231580793728971405301e276",
        "1e99999999999",
        "0e99999999999",
        "1e-99999999999",
        "0.12345678901234567890123456789012345678901234567890123456789012345678901234567890",
        "1111111111111111111111111111111111111111111111111111111111111111111111111111111111",
      })
  void readsNumbersAsTheCarefulDecoderDoes(String number) {
    for (String type : List.of("int", "long", "float", "double")) {
      Contract contract =
          Contract.parse(
              "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\""
                  + type
                  + "\"}]}",
              "r");
      byte[] line = ("{\"a\":" + number + ",\"b\":" + number + "}").getBytes(UTF_8);
      assertThat(text(JsonDecoder.compile(contract).decode(line, 0, line.length)))
          .as(type)
          .isEqualTo(text(RecordDecoder.compile(contract).decode(line, 0, line.length)));
    }
  }
}
