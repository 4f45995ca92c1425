package io.sluice.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.aws.client.AwsClients;
import io.sluice.aws.client.ScriptedServer;
import io.sluice.aws.client.ScriptedServer.Answer;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.ObjectStore.PutOutcome;
import io.sluice.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the store makes of answers that a small, healthy server does not give. */
class S3AnswersTest {
  private static final ObjectName NAME = new ObjectName("lake", "raw/a");
  private static final SourceObject SOURCE = new SourceObject(NAME, "0".repeat(32));

  private ScriptedServer server = new ScriptedServer(Answer.of(200, ""));

  S3AnswersTest() throws IOException {}

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "500, InternalError",
    "503, SlowDown",
    "429, TooManyRequests",
    "400, RequestTimeout",
    "400, ExpiredToken",
    "409, OperationAborted"
  })
  void callsTransientWhatMaySucceedLater(int status, String code) throws IOException {
    // Given
    S3ObjectStore store = store(error(status, code));

    // Then
    assertThatThrownBy(() -> store.open(SOURCE))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("Cannot read s3://lake/raw/a: " + code + " (status " + status + ")");
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied",
    "404, NoSuchBucket",
    "301, PermanentRedirect",
    "400, InvalidBucketName",
    "403, InvalidAccessKeyId"
  })
  void callsConfigurationWhatCannotSucceed(int status, String code) throws IOException {
    // Given
    S3ObjectStore store = store(error(status, code));

    // Then
    assertThatThrownBy(() -> store.open(SOURCE))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage("Cannot read s3://lake/raw/a: " + code + " (status " + status + ")");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void callsTransientWhatIsNotAnswered() {
    // Given
    AwsClients clients = server.clients();
    server.stop();

    // Then
    assertThatThrownBy(() -> new S3ObjectStore(clients).putIfAbsent(NAME, new byte[1]))
        .isInstanceOf(TransientFailure.class)
        .hasMessageStartingWith("Cannot write s3://lake/raw/a: ");
  }

  @Test
  void asksAgainWhenTwoConditionalWritesRace() throws IOException {
    // Given
    S3ObjectStore store =
        store(error(409, "ConditionalRequestConflict"), error(412, "PreconditionFailed"));

    // Then
    assertThat(store.putIfAbsent(NAME, new byte[1])).isEqualTo(PutOutcome.EXISTED);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void givesUpAskingAgain() throws IOException {
    // Given
    S3ObjectStore store = store(error(409, "ConditionalRequestConflict"));

    // Then
    assertThatThrownBy(() -> store.putIfAbsent(NAME, new byte[1]))
        .isInstanceOf(TransientFailure.class);
    assertThat(server.requests()).hasSize(AwsClients.MAX_ATTEMPTS);
  }

  @Test
  void neverTakesABrokenConnectionForTheEndOfAnObject() throws IOException {
    // Given
    S3ObjectStore store = store(new Answer(200, "one\ntwo\n", 1_000));

    // Then
    try (InputStream content = store.open(SOURCE).orElseThrow()) {
      assertThatThrownBy(content::readAllBytes).isInstanceOf(IOException.class);
    }
    try (InputStream content = store.open(SOURCE).orElseThrow()) {
      assertThatThrownBy(() -> content.skipNBytes(1_000)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> store.read(NAME, 2_000))
        .isInstanceOf(TransientFailure.class)
        .hasMessageStartingWith("Cannot read s3://lake/raw/a: ");
  }

  @Test
  void doesNotCompleteAnUploadOfWhichAPartIsMissing() throws IOException {
    // Given
    S3ObjectStore store =
        store(
            Answer.of(
                200,
                "<InitiateMultipartUploadResult><UploadId>u</UploadId>"
                    + "</InitiateMultipartUploadResult>"),
            error(403, "AccessDenied"));
    byte[] block = new byte[S3Upload.PART_BYTES + 1];

    // When
    try (Upload upload = store.upload(NAME)) {
      assertThatThrownBy(() -> upload.write(block)).isInstanceOf(ConfigurationFailure.class);

      // Then
      assertThatThrownBy(upload::complete).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> upload.write(1)).isInstanceOf(IllegalStateException.class);
    }
    assertThat(server.requests().getLast()).startsWith("DELETE ");
  }

  @Test
  void listsBeyondOnePage() throws IOException {
    // Given
    S3ObjectStore store = store(page("raw/a", "more"), page("raw/b", ""));

    // When
    List<String> keys = new ArrayList<>();
    store.list("lake", "raw/", object -> keys.add(object.source().toString()));

    // Then
    assertThat(keys).containsExactly("s3://lake/raw/a@e", "s3://lake/raw/b@e");
    assertThat(server.requests().getLast()).contains("continuation-token=more");
  }

  private static Answer page(String key, String token) {
    return Answer.of(
        200,
        """
        <ListBucketResult><IsTruncated>%s</IsTruncated>
          <NextContinuationToken>%s</NextContinuationToken>
          <Contents><Key>%s</Key><ETag>"e"</ETag><Size>1</Size>
            <LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>
        </ListBucketResult>"""
            .formatted(!token.isEmpty(), token, key));
  }

  private S3ObjectStore store(Answer... script) throws IOException {
    server.stop();
    server = new ScriptedServer(script);
    return new S3ObjectStore(server.clients());
  }

  private static Answer error(int status, String code) {
    return Answer.of(status, "<Error><Code>" + code + "</Code></Error>");
  }
}
