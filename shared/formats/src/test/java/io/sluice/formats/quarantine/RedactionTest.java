package io.sluice.formats.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.RecordError;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.FieldPath;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private static final Origin ORIGIN =
      new Origin(
          new BatchId("0".repeat(32)),
          new SourceObject(new ObjectName("landing", "landing/e/1"), "v"),
          "c",
          "1",
          Instant.EPOCH);
  private static final Redaction REDACTION =
      new Redaction(List.of(FieldPath.parse("person.mail"), FieldPath.parse("calls.number")));

  @Test
  void masksEveryValueOfADeclaredField() {
    // When
    QuarantinedRecord kept =
        apply(
            """
            {"id": 1.50, "person": {"mail": {"a": ["x@y"]}, "Mail": "x@y", "age": 1.20, "mail": 7},
             "calls": [{"number": "0815", "at": 1}, [{"number": 4711}]], "mail": "other"}
            """);

    // Then
    assertThat(text(kept))
        .isEqualTo(
            "{\"id\":1.50,\"person\":{\"mail\":\"***\",\"Mail\":\"***\",\"age\":1.20,"
                + "\"mail\":\"***\"},\"calls\":[{\"number\":\"***\",\"at\":1},"
                + "[{\"number\":\"***\"}]],\"mail\":\"other\"}");
    assertThat(kept.kept()).isEqualTo(BytesKept.REDACTED);
  }

  @Test
  void tellsNoValueInAnErrorAtTheFieldOrAroundIt() {
    // When
    QuarantinedRecord kept =
        apply(
            "{}",
            error("person.mail"),
            error("person"),
            error(""),
            error("calls[3].number"),
            error("person.mail.host"),
            error("id,person.mail"),
            error("id"));

    // Then
    assertThat(kept.record().errors())
        .extracting(RecordError::found)
        .containsExactly("***", "***", "***", "***", "***", "***", "secret");
  }

  @Test
  void keepsOnlyTheDigestOfWhatCannotBeRead() {
    for (String bytes : List.of("{\"person\":{\"mail\":\"x@y\"", "secret", "{} {}", "[{}]", "")) {
      // When
      QuarantinedRecord kept = apply(bytes);

      // Then
      assertThat(kept.kept()).isEqualTo(BytesKept.DIGEST);
      assertThat(text(kept))
          .matches("sha256:[0-9a-f]{64} of " + bytes.getBytes(UTF_8).length + " bytes");
    }
  }

  @Test
  void neverTellsTheValueHoweverTheRecordIsBroken() {
    // Given
    byte[] whole =
        "{\"id\":\"a\",\"person\":{\"age\":3,\"mail\":\"secret\"},\"b\":[]}".getBytes(UTF_8);
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = whole.clone();
      int at = random.nextInt(bytes.length);
      bytes[at] = (byte) random.nextInt(256);

      // When
      QuarantinedRecord kept = REDACTION.apply(ORIGIN, rejected(bytes, List.of(error(""))));

      // Then
      boolean isNameIntact = new String(bytes, UTF_8).matches("(?s).*\"person\":\\{.*\"mail\":.*");
      if (isNameIntact) {
        assertThat(text(kept)).doesNotContain("secret");
      }
    }
  }

  @Test
  void keepsEverythingWhereNothingIsDeclared() {
    // When
    QuarantinedRecord kept =
        Redaction.NONE.apply(ORIGIN, rejected("x".getBytes(UTF_8), List.of(error("person.mail"))));

    // Then
    assertThat(text(kept)).isEqualTo("x");
    assertThat(kept.kept()).isEqualTo(BytesKept.WHOLE);
    assertThat(kept.record().errors().getFirst().found()).isEqualTo("secret");
  }

  private static QuarantinedRecord apply(String bytes, RecordError... errors) {
    List<RecordError> all = errors.length == 0 ? List.of(error("")) : List.of(errors);
    return REDACTION.apply(ORIGIN, rejected(bytes.getBytes(UTF_8), all));
  }

  private static RejectedRecord rejected(byte[] bytes, List<RecordError> errors) {
    return new RejectedRecord(0, 1, 0, ByteBuffer.wrap(bytes), ErrorClass.SCHEMA, errors);
  }

  private static RecordError error(String path) {
    return new RecordError("type", path, "a string", "secret");
  }

  private static String text(QuarantinedRecord kept) {
    return UTF_8.decode(kept.record().bytes().duplicate()).toString();
  }
}
