package io.sluice.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3 as Sluice relies on it. */
class ObjectsTest {
  @TempDir private Path folder;

  @Test
  void announcesEachNewObjectUnderThePrefix() throws IOException {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      S3Client s3 = scripted.cloud.s3();

      // When
      put(s3, "landing/a b+ü/x.ndjson", "one");
      put(s3, "elsewhere/y.ndjson", "two");
      s3.copyObject(
          request ->
              request
                  .sourceBucket("landing")
                  .sourceKey("elsewhere/y.ndjson")
                  .destinationBucket("landing")
                  .destinationKey("landing/copy"));
      multipart(s3, "landing/large");

      // Then
      List<JsonNode> events = notifications(scripted);
      assertThat(events)
          .extracting(each -> each.path("eventName").asText())
          .containsExactlyInAnyOrder(
              "ObjectCreated:Put", "ObjectCreated:Copy", "ObjectCreated:CompleteMultipartUpload");
      JsonNode first = events.getFirst().path("s3").path("object");
      assertThat(first.path("key").asText()).isEqualTo("landing/a+b%2B%C3%BC/x.ndjson");
      assertThat(first.path("size").asLong()).isEqualTo(3);
      assertThat(first.path("eTag").asText())
          .isEqualTo(tag(s3, "landing/a b+ü/x.ndjson").replace("\"", ""));
      assertThat(first.has("versionId")).isFalse();
      assertThat(events)
          .extracting(each -> each.path("s3").path("object").path("sequencer").asText())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void announcesAnObjectAgainWithTheSameIdentity() throws IOException {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      put(scripted.cloud.s3(), "landing/a", "one");

      // When
      scripted.cloud.announceAgain("landing", "landing/a");

      // Then
      assertThat(notifications(scripted))
          .extracting(each -> each.path("s3").path("object").path("eTag").asText())
          .hasSize(2)
          .containsOnly("f97c5d29941bfb1b2fdab0874906ab82");
    }
  }

  @Test
  void letsOnlyOneOfManyWritersCreateAnObject() throws IOException {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      S3Client s3 = scripted.cloud.s3();

      // When
      long created =
          IntStream.range(0, 16).parallel().filter(each -> createdBy(s3, "text " + each)).count();

      // Then
      assertThat(created).isEqualTo(1);
    }
  }

  @Test
  void keepsTheTagOfAnUnchangedObjectOverARestart() throws IOException {
    // Given
    String put;
    String multipart;
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      put(scripted.cloud.s3(), "landing/a", "one");
      multipart(scripted.cloud.s3(), "landing/large");
      put = tag(scripted.cloud.s3(), "landing/a");
      multipart = tag(scripted.cloud.s3(), "landing/large");
    }

    // When / Then
    try (LocalStorage storage = LocalStorage.open(folder.resolve("lake"), folder.resolve("root"))) {
      assertThat(tag(storage.s3(), "landing/a")).isEqualTo(put);
      assertThat(tag(storage.s3(), "landing/large")).isEqualTo(multipart);
    }
  }

  @Test
  void readsOnlyTheVersionThatWasAskedForAlsoWithoutExtendedAttributes() throws IOException {
    try (ScriptedCloud scripted = ScriptedCloud.start(folder)) {
      // Given
      S3Client s3 = scripted.cloud.s3();
      put(s3, "landing/a", "one");
      Path file = folder.resolve("lake/objects/landing/landing/a");
      for (boolean attributes : new boolean[] {true, false}) {
        if (!attributes) {
          removeAttributes(file);
        }
        String tag = tag(s3, "landing/a");

        // When / Then
        assertThat(tag).isEqualTo("\"f97c5d29941bfb1b2fdab0874906ab82\"");
        assertThat(read(s3, tag)).isEqualTo("one");
        assertThat(
                s3.listObjectsV2(request -> request.bucket("landing")).contents().getFirst().eTag())
            .isEqualTo(tag);
        assertThatThrownBy(() -> read(s3, "\"00000000000000000000000000000000\""))
            .isInstanceOfSatisfying(
                S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
      }
    }
  }

  private static void removeAttributes(Path file) throws IOException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    for (String each : view.list()) {
      view.delete(each);
    }
    assertThat(view.list()).isEmpty();
    assertThat(ByteBuffer.wrap(Files.readAllBytes(file)))
        .isEqualTo(ByteBuffer.wrap("one".getBytes(StandardCharsets.UTF_8)));
  }

  private static String read(S3Client s3, String tag) {
    return s3.getObjectAsBytes(request -> request.bucket("landing").key("landing/a").ifMatch(tag))
        .asUtf8String();
  }

  private static boolean createdBy(S3Client s3, String content) {
    try {
      s3.putObject(
          request -> request.bucket("landing").key("once").ifNoneMatch("*"),
          RequestBody.fromString(content));
      return true;
    } catch (S3Exception e) {
      assertThat(e.statusCode()).isEqualTo(412);
      return false;
    }
  }

  private static void put(S3Client s3, String key, String content) {
    s3.putObject(request -> request.bucket("landing").key(key), RequestBody.fromString(content));
  }

  private static void multipart(S3Client s3, String key) {
    String upload =
        s3.createMultipartUpload(request -> request.bucket("landing").key(key)).uploadId();
    String tag =
        s3.uploadPart(
                request -> request.bucket("landing").key(key).uploadId(upload).partNumber(1),
                RequestBody.fromString("part"))
            .eTag();
    s3.completeMultipartUpload(
        request ->
            request
                .bucket("landing")
                .key(key)
                .uploadId(upload)
                .multipartUpload(
                    parts -> parts.parts(CompletedPart.builder().partNumber(1).eTag(tag).build())));
  }

  private static String tag(S3Client s3, String key) {
    return s3.headObject(request -> request.bucket("landing").key(key)).eTag();
  }

  private static List<JsonNode> notifications(ScriptedCloud scripted) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> events = new ArrayList<>();
    for (var message :
        scripted
            .sqs
            .receiveMessage(
                request -> request.queueUrl(scripted.url("EventQueue")).maxNumberOfMessages(10))
            .messages()) {
      events.add(json.readTree(message.body()).path("Records").path(0));
    }
    return events;
  }
}
