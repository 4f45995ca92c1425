package io.sluice.formats.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of one type in an Avro or Parquet file, read as another type of the contract. */
class TypedObjectsTest {
  private static Schema type(String name) {
    String json =
        switch (name) {
          case "millis", "micros" -> "{'type':'long','logicalType':'timestamp-" + name + "'}";
          case "local" -> "{'type':'long','logicalType':'local-timestamp-micros'}";
          case "date" -> "{'type':'int','logicalType':'date'}";
          case "uuid" -> "{'type':'string','logicalType':'uuid'}";
          case "decimal" -> "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}";
          case "cents" -> "{'type':'bytes','logicalType':'decimal','precision':9,'scale':4}";
          case "enum" -> "{'type':'enum','name':'E','symbols':['A','B']}";
          default -> "'" + name + "'";
        };
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  private static Schema record(String type) {
    Schema schema = Schema.createRecord("R", null, null, false);
    schema.setFields(
        List.of(
            new Schema.Field("id", Schema.create(Schema.Type.STRING)),
            new Schema.Field("at", type("millis")),
            new Schema.Field("v", type(type))));
    return schema;
  }

  private static Object value(String type, String text) {
    return switch (type) {
      case "int", "date" -> Integer.valueOf(text);
      case "long", "millis", "micros", "local" -> Long.valueOf(text);
      case "float" -> Float.valueOf(text);
      case "double" -> Double.valueOf(text);
      case "bytes" -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      case "decimal", "cents" -> ByteBuffer.wrap(new BigInteger(text).toByteArray());
      case "enum" -> new GenericData.EnumSymbol(type("enum"), text);
      default -> text;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "int,7,long,7",
    "int,7,double,7.0",
    "long,7,float,7.0",
    "float,0.1,double,0.10000000149011612",
    "double,-0.0,double,-0.0",
    "double,NaN,double,type",
    "long,2147483648,int,range",
    "double,1.0,int,type",
    "string,hé,bytes,hé",
    "bytes,hé,string,hé",
    "millis,1,micros,1000",
    "micros,1000,millis,1",
    "micros,1001,millis,precision",
    "millis,1,long,1",
    "long,5,micros,5",
    "local,3,micros,3",
    "local,3000,millis,3",
    "millis,9223372036854775807,millis,range",
    "micros,9223372036854775807,millis,range",
    "date,5,date,5",
    "date,5,millis,format",
    "millis,5,date,format",
    "int,5,date,5",
    "decimal,150,decimal,150",
    "decimal,150,cents,15000",
    "cents,15000,decimal,150",
    "cents,15001,decimal,decimal",
    "decimal,999999999,decimal,999999999",
    "enum,B,enum,B",
    "enum,B,string,B",
    "string,B,enum,B",
    "string,C,enum,enum",
    "string,x,uuid,format",
    "string,1,int,type",
  })
  void resolvesAsAvroDoesAndConvertsTimes(String from, String text, String to, String expected) {
    // Given
    GenericRecord record = new GenericData.Record(record(from));
    record.put("id", "a");
    record.put("at", 1L);
    record.put("v", value(from, text));
    List<byte[]> objects =
        List.of(
            SampleObjects.avro(List.of(record), record.getSchema(), "null"),
            SampleObjects.parquet(List.of(record), record.getSchema()));

    for (byte[] object : objects) {
      // When
      Outcome outcome =
          Outcome.of(Outcome.pipeline(record(to).toString(), "source: s3", "id"), "day", object);

      // Then
      assertThat(outcome.unreadable()).isEmpty();
      String found =
          outcome.refusals().isEmpty()
              ? shown(outcome.accepted().getFirst().get("v"))
              : outcome.refusals().getFirst().codes().getFirst();
      assertThat(found).as("%s of %d bytes", from, object.length).isEqualTo(expected);
    }
  }

  private static String shown(Object value) {
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text.equals("hé") ? text : new BigInteger(bytes).toString();
    }
    return value.toString();
  }
}
