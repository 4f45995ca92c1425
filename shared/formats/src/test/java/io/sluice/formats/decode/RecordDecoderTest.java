package io.sluice.formats.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Contract;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordDecoderTest {
  private static RecordDecoder decoder(String fields) {
    return RecordDecoder.compile(
        Contract.parse(
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields.replace('\'', '"') + "]}",
            "contract.avsc"));
  }

  private static Decoded decode(String fields, String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
    return decoder(fields).decode(bytes, 0, bytes.length);
  }

  private static GenericRecord accepted(Decoded decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    return ((Decoded.Accepted) decoded).record();
  }

  private static Decoded.Rejected rejected(Decoded decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Rejected.class);
    return (Decoded.Rejected) decoded;
  }

  private static String schemaOf(String type) {
    return switch (type) {
      case "uuid" -> "{'type':'string','logicalType':'uuid'}";
      case "date" -> "{'type':'int','logicalType':'date'}";
      case "millis" -> "{'type':'long','logicalType':'timestamp-millis'}";
      case "micros" -> "{'type':'long','logicalType':'timestamp-micros'}";
      case "decimal" -> "{'type':'bytes','logicalType':'decimal','precision':5,'scale':2}";
      case "money" ->
          "{'type':'fixed','name':'M','size':4,'logicalType':'decimal','precision':5,'scale':2}";
      case "fixed" -> "{'type':'fixed','name':'F','size':2}";
      case "enum" -> "{'type':'enum','name':'E','symbols':['A','B'],'default':'A'}";
      case "map" -> "{'type':'map','values':'int'}";
      case "array" -> "{'type':'array','items':['null','int']}";
      default -> "'" + type + "'";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "int|-2147483648|-2147483648",
        "int|-0|0",
        "long|9223372036854775807|9223372036854775807",
        "float|1|1.0",
        "float|1e-50|0.0",
        "double|12345678901234567890|1.2345678901234567E19",
        "double|-0.0|-0.0",
        "double|-0|-0.0",
        "double|0|0.0",
        "float|-0|-0.0",
        "long|-0|0",
        "boolean|true|true",
        "string|'\\u00e9\\ud83d\\ude00'|é😀",
        "enum|'B'|B",
        "bytes|'AP8='|java.nio.HeapByteBuffer[pos=0 lim=2 cap=2]",
        "fixed|'AP8='|[0, -1]",
        "uuid|'0123ABCD-0123-0123-0123-0123456789AB'|0123abcd-0123-0123-0123-0123456789ab",
        "date|'1970-01-02'|1",
        "date|-1|-1",
        "millis|1517363399650|1517363399650",
        "millis|'1970-01-01T01:00:00.001+01:00'|1",
        "millis|'1970-01-01T00:00:00.001000Z'|1",
        "micros|'1969-12-31T23:59:59.999999Z'|-1",
        "map|{'a':1,'b':2}|{a=1, b=2}",
        "array|[1,null,3]|[1, null, 3]",
      })
  void acceptsWhatTheTypeAllows(String type, String json, String value) {
    GenericRecord record =
        accepted(decode("{'name':'a','type':" + schemaOf(type) + "}", "{'a':" + json + "}"));
    assertThat(String.valueOf(record.get("a"))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "decimal|1|64",
        "decimal|'1.5'|0096",
        "decimal|1.500|0096",
        "decimal|-0|00",
        "decimal|-0.00|00",
        "decimal|-999.99|fe7961",
        "decimal|1e2|2710",
        "decimal|0e999999999|00",
        "money|-1|ffffff9c",
        "money|999.99|0001869f",
      })
  void keepsDecimalsExactly(String type, String json, String hex) {
    // When
    Object value =
        accepted(decode("{'name':'a','type':" + schemaOf(type) + "}", "{'a':" + json + "}"))
            .get("a");

    // Then
    ByteBuffer found =
        value instanceof GenericFixed fixed ? ByteBuffer.wrap(fixed.bytes()) : (ByteBuffer) value;
    byte[] bytes = new byte[found.remaining()];
    found.get(bytes);
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "int|5.0|type",
        "int|1e3|type",
        "int|'5'|type",
        "int|2147483648|range",
        "int|null|null",
        "int|{'b':[1]}|type",
        "long|9223372036854775808|range",
        "long|true|type",
        "float|1e39|range",
        "double|1e400|range",
        "double|'NaN'|type",
        "boolean|0|type",
        "boolean|'true'|type",
        "string|1|type",
        "string|'\\ud83d'|text",
        "string|'\\ude00\\ud83d'|text",
        "enum|'C'|enum",
        "enum|1|type",
        "bytes|'AP8'|format",
        "bytes|'ü'|format",
        "bytes|[1]|type",
        "fixed|'AP8A'|format",
        "uuid|'1-1-1-1-1'|format",
        "uuid|'0123ABCD-0123-0123-0123-0123456789AG'|format",
        "date|'1970-02-30'|format",
        "date|'1970-01-01T00:00:00Z'|format",
        "date|'+10000-01-01'|range",
        "date|99999999999|range",
        "date|99999999999999999999|range",
        "date|1.5|type",
        "millis|'1970-01-01T00:00:00'|format",
        "millis|'1970-01-01T00:00:00.0001Z'|precision",
        "micros|'1970-01-01T00:00:00.0000001Z'|precision",
        "millis|253402300800000|range",
        "millis|99999999999999999999|range",
        "micros|1e3|type",
        "decimal|1.234|decimal",
        "decimal|1000|decimal",
        "decimal|1e999999999|decimal",
        "decimal|1e-999999999|decimal",
        "decimal|'1,5'|format",
        "decimal|''|format",
        "decimal|'1e99999999999'|format",
        "decimal|true|type",
        "map|[]|type",
        "map|{'a':1,'a':2}|duplicate",
        "array|{}|type",
      })
  void rejectsWhatTheTypeDoesNotAllow(String type, String json, String code) {
    Decoded.Rejected rejected =
        rejected(decode("{'name':'a','type':" + schemaOf(type) + "}", "{'a':" + json + "}"));
    assertThat(rejected.errorClass()).isEqualTo(ErrorClass.SCHEMA);
    assertThat(rejected.errors()).hasSize(1);
    assertThat(rejected.errors().getFirst().code()).isEqualTo(code);
    assertThat(rejected.errors().getFirst().path()).startsWith("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1|json",
        "{'a':NaN}|json",
        "{'a':01}|json",
        "{'a':1,}|json",
        "{'b':'\\x'}|json",
        "{'\\ud83d':1}|json",
        "{'\\ude00':1}|json",
        "{'a very long name, longer than the canonical tables hold: \\ude00':1}|json",
        "{'b':'\t'}|json",
        "{'a':1} x|json",
        "{'a':1}{'a':1}|trailing",
        "{'a':1},|json",
        "/**/{'a':1}|json",
      })
  void rejectsWhatIsNotOneJsonValue(String json, String code) {
    Decoded.Rejected rejected = rejected(decode("{'name':'a','type':'int'}", json));
    assertThat(rejected.errorClass()).isEqualTo(ErrorClass.PARSE);
    assertThat(rejected.errors()).hasSize(1);
    assertThat(rejected.errors().getFirst().code()).isEqualTo(code);
  }

  @Test
  void rejectsWhatIsNoObject() {
    for (String json : List.of("[1]", "1", "null", "'a'")) {
      Decoded.Rejected rejected = rejected(decode("{'name':'a','type':'int'}", json));
      assertThat(rejected.errorClass()).isEqualTo(ErrorClass.SCHEMA);
      assertThat(rejected.errors().getFirst().path()).isEmpty();
    }
    assertThat(rejected(decode("{'name':'a','type':'int'}", " ")).errorClass())
        .isEqualTo(ErrorClass.PARSE);
  }

  @Test
  void rejectsInvalidUtf8AndOtherEncodings() {
    RecordDecoder decoder = decoder("{'name':'a','type':'string'}");
    for (String value : List.of("\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00ff", "\u00e2\u0082")) {
      byte[] bytes = ("{\"a\":\"" + value + "\"}").getBytes(ISO_8859_1);
      Decoded.Rejected rejected = rejected(decoder.decode(bytes, 0, bytes.length));
      assertThat(rejected.errorClass()).isEqualTo(ErrorClass.PARSE);
      assertThat(rejected.errors().getFirst().code()).isEqualTo("utf8");
      assertThat(rejected.errors().getFirst().found()).endsWith("at byte 6");
    }
    byte[] wide = "{\"a\":\"x\"}".getBytes(UTF_16LE);
    assertThat(rejected(decoder.decode(wide, 0, wide.length)).errorClass())
        .isEqualTo(ErrorClass.PARSE);
  }

  @Test
  void rejectsJsonThatNestsTooDeep() {
    String json = "{'x':" + "[".repeat(64) + "]".repeat(64) + "}";
    assertThat(rejected(decode("{'name':'a','type':['null','int']}", json)).errorClass())
        .isEqualTo(ErrorClass.PARSE);
    assertThat(
            decode(
                "{'name':'a','type':['null','int']}",
                "{'x':" + "[".repeat(63) + "]".repeat(63) + "}"))
        .isInstanceOf(Decoded.Accepted.class);
  }

  @Test
  void reportsAllErrorsOfARecordWithTheirPaths() {
    // Given
    String fields =
        """
        {'name':'id','type':'string'},
        {'name':'p','type':{'type':'record','name':'P','fields':[
          {'name':'mag','type':'double'},{'name':'net','type':'string'}]}},
        {'name':'q','type':{'type':'record','name':'Q','fields':[{'name':'z','type':'int'}]}},
        {'name':'c','type':{'type':'array','items':{'type':'record','name':'C','fields':[
          {'name':'x','type':'int'}]}}},
        {'name':'m','type':{'type':'map','values':'int'}}
        """;

    // When
    Decoded.Rejected rejected =
        rejected(
            decode(
                fields,
                "{'id':1,'p':{'mag':'2'},'c':[{'x':1},{},{'x':'a'},3],'m':{'k':'v'},'id':'b'}"));

    // Then
    assertThat(rejected.errors())
        .containsExactly(
            new RecordError("type", "id", "a string", "1"),
            new RecordError("type", "p.mag", "a double", "\"2\""),
            new RecordError("missing", "p.net", "string", "nothing"),
            new RecordError("missing", "c[1].x", "int", "nothing"),
            new RecordError("type", "c[2].x", "an int", "\"a\""),
            new RecordError("type", "c[3]", "an object", "3"),
            new RecordError("type", "m.k", "an int", "\"v\""),
            new RecordError("duplicate", "id", "each field once", "\"b\""),
            new RecordError("missing", "q", "record", "nothing"));
  }

  @Test
  void keepsOneHundredErrorsAndSaysThatThereAreMore() {
    // When
    String json = "{'a':[" + "'x',".repeat(249) + "'x']}";
    List<RecordError> errors =
        rejected(decode("{'name':'a','type':{'type':'array','items':'int'}}", json)).errors();

    // Then
    assertThat(errors).hasSize(RecordDecoder.MAX_ERRORS);
    assertThat(errors.getLast())
        .isEqualTo(new RecordError("more", "", "at most 100 errors", "151 more"));
  }

  @Test
  void fillsInDefaultsAndNullForWhatIsMissing() {
    // When
    GenericRecord record =
        accepted(
            decode(
                """
                {'name':'a','type':['null','int'],'default':null},
                {'name':'b','type':['null','int']},
                {'name':'c','type':'string','default':'x'},
                {'name':'d','type':['int','null'],'default':7},
                {'name':'e','type':['int','null'],'default':7},
                {'name':'f','type':{'type':'array','items':'int'},'default':[1]}
                """,
                "{'e':null}"));

    // Then
    assertThat(record.get("a")).isNull();
    assertThat(record.get("b")).isNull();
    assertThat(record.get("c").toString()).isEqualTo("x");
    assertThat(record.get("d")).isEqualTo(7);
    assertThat(record.get("e")).isNull();
    assertThat((List<?>) record.get("f")).hasSize(1);
  }

  @Test
  void countsFieldsThatTheContractDoesNotKnow() {
    // Given
    RecordDecoder decoder =
        decoder(
            """
            {'name':'c','type':{'type':'array','items':{'type':'record','name':'C','fields':[
              {'name':'x','type':'int'}]}}}
            """);
    byte[] bytes =
        "{\"c\":[{\"x\":1,\"y\":{\"z\":1}},{\"x\":1,\"y\":2}],\"d\":[1]}".getBytes(UTF_8);

    // When
    accepted(decoder.decode(bytes, 0, bytes.length));
    for (int i = 0; i < 2000; i++) {
      byte[] other = ("{\"c\":[],\"n" + i + "\":1}").getBytes(UTF_8);
      accepted(decoder.decode(other, 0, other.length));
    }

    // Then
    assertThat(decoder.unknownFields())
        .hasSize(UnknownFields.MAX_PATHS + 1)
        .containsEntry("c[].y", 2L)
        .containsEntry("d", 1L)
        .containsEntry(UnknownFields.OTHERS, 2000L - UnknownFields.MAX_PATHS + 2);
  }

  @Test
  void decodesASliceAndLeavesTheRestAlone() {
    byte[] bytes = "xx{\"a\":1}yy".getBytes(UTF_8);
    assertThat(accepted(decoder("{'name':'a','type':'int'}").decode(bytes, 2, 7)).get("a"))
        .isEqualTo(1);
  }
}
