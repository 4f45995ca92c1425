package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.SluiceProcess.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What people do wrong: each is answered with one sentence that names value and place. */
@ExtendWith(FinishedLake.Provider.class)
class BadInputTest {
  @TempDir private Path folder;
  private Path pipeline = Path.of("");
  private Path input = Path.of("");
  private Path lake = Path.of("");

  @BeforeEach
  void writesGoodInput() throws IOException {
    EventsFeed feed = EventsFeed.write(folder);
    pipeline = feed.pipeline();
    input = feed.inputs().getFirst();
    lake = folder.resolve("lake");
  }

  @Test
  void refusesAnUnknownKeyOfThePipeline() throws Exception {
    // Given
    replace("pipeline.yaml", "idempotency_key:", "idempotence_key:");

    // When
    Outcome outcome = run();

    // Then
    assertThat(sentences(outcome, Sluice.USAGE))
        .anyMatch(
            line ->
                line.contains("idempotence_key")
                    && line.contains("idempotency_key")
                    && line.contains("pipeline.yaml line 11"));
  }

  @Test
  void refusesAContractThatIsNotAvro() throws Exception {
    // Given
    Files.writeString(pipeline.resolve("event.avsc"), "CREATE TABLE events (id int)");

    // When / Then
    assertThat(sentence(run(), Sluice.USAGE)).contains("event.avsc");
  }

  @Test
  void refusesAKeyThatIsNotInTheContract() throws Exception {
    // Given
    replace("pipeline.yaml", "[event_id, source_system]", "[event_id, source_sytem]");

    // When / Then
    assertThat(sentence(run(), Sluice.USAGE))
        .contains("source_sytem")
        .contains("source_system")
        .contains("pipeline.yaml line 11");
  }

  @Test
  void refusesAContractThatIsNotThere() throws Exception {
    // Given
    Files.delete(pipeline.resolve("event.avsc"));

    // When / Then
    assertThat(sentence(run(), Sluice.USAGE)).contains("Contract does not exist: event.avsc");
  }

  @Test
  void refusesAnInputFileThatIsNotThere() throws Exception {
    // Given
    Path missing = folder.resolve("missing.ndjson");

    // When
    Outcome outcome = SluiceProcess.run("run", pipeline, input, missing, "--lake", lake);

    // Then
    assertThat(sentence(outcome, Sluice.USAGE)).contains("Input file does not exist: " + missing);
    assertThat(lake).doesNotExist();
  }

  @Test
  void refusesAPipelineFolderThatIsNotThere() throws Exception {
    // Given
    Path missing = folder.resolve("missing");

    // When / Then
    assertThat(sentence(SluiceProcess.run("run", missing, input, "--lake", lake), Sluice.USAGE))
        .contains("Pipeline folder does not exist: " + missing);
  }

  @Test
  void refusesALakeOfAnotherVersion() throws Exception {
    // Given
    Files.createDirectories(lake);
    Files.writeString(lake.resolve("sluice-lake.json"), "{\"layout\": 99}");

    // When / Then
    assertThat(sentence(run(), Sluice.USAGE)).contains(lake.toString()).contains("layout 99");
  }

  @Test
  void refusesALakeThatIsInUse() throws Exception {
    // Given
    Path lock = Files.createDirectories(lake).resolve("sluice.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      // Through this channel: to close another one on the file would give the lock up.
      channel.write(ByteBuffer.wrap("4711".getBytes(StandardCharsets.US_ASCII)));

      // When / Then
      assertThat(sentence(run(), Sluice.INFRASTRUCTURE))
          .contains(lake.toString())
          .contains("in use by process 4711");
    }
  }

  @Test
  void refusesALakeThatIsAFile() throws Exception {
    // Given
    Files.writeString(lake, "not a folder");

    // When / Then
    assertThat(sentence(run(), Sluice.USAGE)).contains(lake.toString()).contains("directory");
    assertThat(sentence(SluiceProcess.run("rows", "events", "--lake", lake), Sluice.USAGE))
        .contains(lake.toString())
        .contains("directory");
  }

  @Test
  void refusesAFolderThatIsNoLake() throws Exception {
    // When / Then
    assertThat(sentence(SluiceProcess.run("verify", "events", "--lake", pipeline), Sluice.USAGE))
        .contains(pipeline.toString())
        .contains("not a lake");
  }

  @Test
  void refusesAPortThatIsUsed() throws Exception {
    // Given
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String option : List.of("--s3-port", "--sqs-port")) {
        // When
        Outcome outcome = SluiceProcess.run("up", "--lake", lake, option, taken.getLocalPort());

        // Then
        assertThat(sentence(outcome, Sluice.INFRASTRUCTURE))
            .contains(Integer.toString(taken.getLocalPort()))
            .contains("port");
      }
    }
  }

  @Test
  void refusesWhatALakeDoesNotHave(FinishedLake finished) throws Exception {
    // When / Then
    assertThat(rows(finished, "--format", "xml")).contains("Invalid format: xml");
    assertThat(rows(finished, "--ref", "mian")).contains("Reference does not exist: mian");
    Outcome unknown = SluiceProcess.run("history", "evnts", "--lake", finished.lake());
    assertThat(sentence(unknown, Sluice.USAGE)).contains("evnts");
  }

  @Test
  void publishesTheGoodFilesBesideACorruptOne() throws Exception {
    // Given
    byte[] whole = gzip(Files.readAllBytes(input));
    Path cut = folder.resolve("cut.ndjson.gz");
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));

    // When
    Outcome outcome = SluiceProcess.run("run", pipeline, input, cut, "--lake", lake, "--json");

    // Then
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(Sluice.REFUSED);
    JsonNode report = outcome.json();
    ReportShape.check(report);
    assertThat(report.get("main").get("rows").asLong()).isEqualTo(Files.readAllLines(input).size());
    assertThat(report.get("batches"))
        .anySatisfy(
            batch -> {
              assertThat(batch.get("source").asText()).isEqualTo("cut.ndjson.gz");
              assertThat(batch.get("verdict").asText()).isEqualTo("rejected");
              assertThat(batch.get("reason").asText()).isNotEmpty();
            });
    assertThat(SluiceProcess.run("verify", EventsFeed.NAME, "--lake", lake).status())
        .isEqualTo(Sluice.DONE);
  }

  private Outcome run() throws Exception {
    return SluiceProcess.run("run", pipeline, input, "--lake", lake);
  }

  private static String rows(FinishedLake finished, String option, String value) throws Exception {
    return sentence(
        SluiceProcess.run("rows", EventsFeed.NAME, "--lake", finished.lake(), option, value),
        Sluice.USAGE);
  }

  private void replace(String file, String old, String replacement) throws IOException {
    Path path = pipeline.resolve(file);
    Files.writeString(path, Files.readString(path).replace(old, replacement));
  }

  /** The only sentence that is said about it. */
  private static String sentence(Outcome outcome, int status) {
    assertThat(sentences(outcome, status)).hasSize(1);
    return sentences(outcome, status).getFirst();
  }

  /** What is said about it, without the progress before it. */
  private static List<String> sentences(Outcome outcome, int status) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(status);
    assertThat(outcome.out()).isEmpty();
    List<String> lines = outcome.err().lines().filter(line -> !line.startsWith("· ")).toList();
    assertThat(lines).isNotEmpty().noneMatch(line -> line.startsWith("\tat "));
    assertThat(lines.getFirst()).startsWith("sluice: ").doesNotContain("Exception", "a bug");
    return lines;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(content);
    }
    return zipped.toByteArray();
  }
}
