package io.sluice.formats.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.contract.UnknownPolicy;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownPolicyTest {
  private static final Contract CONTRACT =
      Contract.parse(
          """
          {"type": "record", "name": "R", "fields": [
            {"name": "a", "type": "int"},
            {"name": "r", "type": ["null", {"type": "record", "name": "In", "fields": [
              {"name": "x", "type": ["null", "int"], "default": null},
              {"name": "_extras", "type": ["null", "int"], "default": null}]}], "default": null},
            {"name": "l", "type": {"type": "array", "items": ["null", "In"]}, "default": []},
            {"name": "ll", "type": {"type": "array", "items": {"type": "array", "items": "In"}},
             "default": []},
            {"name": "m", "type": {"type": "map", "values": "In"}, "default": {}}]}
          """,
          "r");

  private static Decoded decode(UnknownPolicy policy, String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
    return JsonDecoder.compile(CONTRACT.withUnknown(policy)).decode(bytes, 0, bytes.length);
  }

  private static Object extras(String json) {
    Decoded decoded = decode(UnknownPolicy.CAPTURE, json);
    assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    return String.valueOf(((Decoded.Accepted) decoded).record().get(Contract.EXTRAS))
        .replace('"', '\'');
  }

  private static Decoded.Rejected rejected(UnknownPolicy policy, String json) {
    return (Decoded.Rejected) decode(policy, json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1}                                      | null",
        "{'a':1,'z':1,'b':'x'}                        | {'b':'x','z':1}",
        "{'b':[1, {'d':2 , 'c':[]}, null ,true],'a':1}| {'b':[1,{'c':[],'d':2},null,true]}",
        "{'a':1,'n':[1.10,-0,1E400,123456789012345678901234567890]}"
            + "| {'n':[1.10,-0,1E400,123456789012345678901234567890]}",
        "{'a':1,'r':{'x':1,'y':{'z':2}},'q':3}        | {'q':3,'r':{'y':{'z':2}}}",
        "{'a':1,'l':[{'x':1},null,{'y':2},{'x':1}]}   | {'l':[null,null,{'y':2}]}",
        "{'a':1,'ll':[[],[{},{'y':2,'x':1}]]}         | {'ll':[null,[null,{'y':2}]]}",
        "{'a':1,'m':{'k.k':{'y':1},'j':{'x':1}}}      | {'m':{'k.k':{'y':1}}}",
        "{'a':1,'_extras':'mine','r':{'_extras':1}}   | {'_extras':'mine'}",
        "{'a':1,'b':'\\u00e4\\n\\u0001\\ud83d\\ude00ä'} | {'b':'ä\\n\\u0001😀ä'}",
        "{'a':1,'b':null,'':0}                        | {'':0,'b':null}",
      })
  void capturesWhatIsUnknownWhereItStood(String json, String expected) {
    assertThat(extras(json)).isEqualTo(expected);
  }

  @Test
  void capturesTheSameTextHoweverARecordIsSpelt() {
    assertThat(extras("{'a':1,'r':{'y':2,'b':1},'q':{'t':1,'s':[ ]}}"))
        .isEqualTo(extras("{ 'q' : {'s':[],'t':1}, 'r':{'b':1,'y':2},\t'a':1}"));
  }

  @Test
  void readsBackWhatItCaptured() {
    String json = "{'a':1,'b':{'c':[1.10,{'d':'\\u0007é'}]},'r':{'y':[[]]}}";
    String once = extras(json).toString();
    assertThat(extras("{'a':1," + once.substring(1))).isEqualTo(once);
  }

  @Test
  void rejectsUnknownFieldsWithTheirPathsAndTypes() {
    // When
    Decoded.Rejected rejected =
        rejected(
            UnknownPolicy.REJECT,
            "{'a':1,'b':'secret','r':{'y':{}},'l':[{'x':1},{'y':[2]}],'c':null,'d':1,'e':false}");

    // Then
    assertThat(rejected.errorClass()).isEqualTo(ErrorClass.CONTRACT);
    assertThat(rejected.errors()).extracting(RecordError::code).containsOnly("unknown").hasSize(6);
    assertThat(rejected.errors().stream().map(e -> e.path() + " " + e.found()))
        .containsExactly(
            "b a string",
            "r.y an object",
            "l[1].y an array",
            "c null",
            "d a number",
            "e a boolean");
  }

  @Test
  void callsARecordThatIsWrongBesidesOneThatDoesNotMatch() {
    Decoded.Rejected rejected = rejected(UnknownPolicy.REJECT, "{'b':1,'a':'x'}");
    assertThat(rejected.errorClass()).isEqualTo(ErrorClass.SCHEMA);
    assertThat(rejected.errors()).extracting(RecordError::code).containsExactly("unknown", "type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1,'b':1,'b':1}              | duplicate | b",
        "{'a':1,'b':{'c':1,'d':2,'c':1}}  | duplicate | b.c",
        "{'a':1,'r':{'y':1,'y':2}}        | duplicate | r.y",
        "{'a':1,'b':['\\ud800']}          | text      | b[0]",
      })
  void refusesToCaptureWhatOneObjectCannotSay(String json, String code, String path) {
    Decoded.Rejected rejected = rejected(UnknownPolicy.CAPTURE, json);
    assertThat(rejected.errors()).extracting(RecordError::code).containsExactly(code);
    assertThat(rejected.errors()).extracting(RecordError::path).containsExactly(path);
    assertThat(decode(UnknownPolicy.IGNORE, json)).isInstanceOf(Decoded.Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'%s'", "[%s1]", "{'k':'%s'}"})
  void refusesToCaptureWithoutBound(String form) {
    // Given
    String tooLong = form.startsWith("[") ? "1,".repeat(1 << 19) : "x".repeat(1 << 20);
    String fits = form.startsWith("[") ? "1,".repeat(1 << 18) : "x".repeat((1 << 20) - 100);

    // Then
    Decoded.Rejected rejected =
        rejected(UnknownPolicy.CAPTURE, "{'a':1,'b':" + form.formatted(tooLong) + "}");
    assertThat(rejected.errorClass()).isEqualTo(ErrorClass.SIZE);
    assertThat(rejected.errors()).extracting(RecordError::code).containsExactly("extras");
    assertThat(decode(UnknownPolicy.CAPTURE, "{'a':1,'b':" + form.formatted(fits) + "}"))
        .isInstanceOf(Decoded.Accepted.class);
  }

  @Test
  void countsTheSameWhateverBecomesOfThem() {
    for (UnknownPolicy policy : UnknownPolicy.values()) {
      // Given
      UnknownFields unknown = new UnknownFields();
      JsonDecoder decoder = JsonDecoder.compile(CONTRACT.withUnknown(policy), unknown);

      // When
      for (String json :
          List.of(
              "{\"a\":1,\"b\":1,\"l\":[{\"y\":1},{\"y\":2}]}",
              "{\"a\":1,\"m\":{\"k\":{\"y\":1},\"j\":{\"y\":1}},\"b\":\"\\u00e4\"}",
              "{\"a\":\"wrong\",\"b\":1}",
              "{\"a\":1,\"b\":1,\"broken\"",
              "{\"a\":1,\"b\":1} trailing")) {
        byte[] bytes = json.getBytes(UTF_8);
        decoder.decode(bytes, 0, bytes.length);
      }

      // Then
      assertThat(unknown.counts())
          .as(policy.word())
          .containsExactly(Map.entry("b", 3L), Map.entry("l[].y", 2L), Map.entry("m{}.y", 2L));
    }
  }
}
