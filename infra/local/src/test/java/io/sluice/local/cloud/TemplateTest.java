package io.sluice.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.local.cloud.queue.QueueServer;
import io.sluice.local.cloud.template.FunctionDeclaration;
import io.sluice.local.cloud.template.QueueDeclaration;
import io.sluice.local.cloud.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Style rule 1: one stage is one folder, one function, one queue, under the same word. */
class TemplateTest {
  private final Path root = Path.of(System.getProperty("sluice.root", "../.."));
  private final Template template = Template.read(root, Map.of("CatalogKind", "jdbc"));
  private final Map<String, QueueDeclaration> queues =
      template.queues().stream()
          .collect(Collectors.toMap(QueueDeclaration::id, Function.identity()));

  @Test
  void hasOneFunctionForEachStage() throws IOException {
    // Given
    List<String> stages = stages();

    // When
    List<String> functions =
        template.functions().stream().map(FunctionDeclaration::id).sorted().toList();

    // Then
    assertThat(stages).isNotEmpty();
    assertThat(functions).isEqualTo(stages.stream().map(each -> name(each) + "Function").toList());
    assertThat(template.functions())
        .allSatisfy(
            each -> {
              String stage = stages.get(functions.indexOf(each.id()));
              assertThat(each.codeUri())
                  .isEqualTo(Path.of("functions", stage, "target", "function.zip"));
              assertThat(each.handler()).endsWith("QuarkusStreamHandler::handleRequest");
            });
  }

  @Test
  void feedsEachFunctionFromTheQueueOfItsStageAndHearsOfEachMessage() {
    assertThat(template.functions())
        .allSatisfy(
            function -> {
              String queue = function.id().replace("Function", "Queue");
              assertThat(function.sources()).hasSize(1);
              assertThat(function.sources().getFirst().queue()).isEqualTo(queue);
              assertThat(function.sources().getFirst().reportsItemFailures()).isTrue();
              assertThat(function.sources().getFirst().batchSize()).isBetween(1, 10);
              assertThat(queue(queue).visibilityTimeout())
                  .isGreaterThanOrEqualTo(function.timeout().multipliedBy(6));
            });
  }

  @Test
  void putsAwayWhatNoFunctionCanHandle() {
    assertThat(template.functions())
        .allSatisfy(
            function -> {
              QueueDeclaration queue = queue(function.id().replace("Function", "Queue"));
              String expected = function.id().replace("Function", "DeadLetterQueue");
              // Waiting for other batches takes one receive of curate's five attempts.
              int receives = function.id().equals("CurateFunction") ? 6 : 5;
              assertThat(queue.redrive())
                  .contains(new QueueDeclaration.Redrive(expected, receives));
              assertThat(queue(expected).fifo()).isEqualTo(queue.fifo());
            });
  }

  @Test
  void keepsTheOrderWhereOneCommitterMustSeeIt() {
    assertThat(queues.values().stream().filter(QueueDeclaration::fifo))
        .extracting(QueueDeclaration::id)
        .containsExactlyInAnyOrder(
            "CurateQueue", "CurateDeadLetterQueue", "GateQueue", "GateDeadLetterQueue");
    assertThat(queues.values())
        .allSatisfy(each -> assertThat(each.name().endsWith(".fifo")).isEqualTo(each.fifo()));
  }

  @Test
  void hasAnExampleEventFromTheQueueOfEachStage() throws IOException {
    for (String stage : stages()) {
      JsonNode event =
          new ObjectMapper()
              .readTree(Files.readString(root.resolve("infra/events/" + stage + ".json")));
      assertThat(event.at("/Records/0/eventSourceARN").asText())
          .isEqualTo(QueueServer.arn(queue(name(stage) + "Queue")));
    }
  }

  @Test
  void resolvesTheEnvironment() {
    // Given
    FunctionDeclaration curate =
        template.functions().stream()
            .filter(each -> each.id().equals("CurateFunction"))
            .findFirst()
            .orElseThrow();

    // When
    Map<String, String> environment =
        template.environment(curate, (id, attribute) -> id + ":" + attribute);

    // Then
    assertThat(environment)
        .containsEntry("CURATE_CATALOG_KIND", "jdbc")
        .containsEntry("CURATE_CATALOG_URI", "")
        .containsEntry("CURATE_LAKE_BUCKET", "LakeBucket:Ref")
        .containsEntry("CURATE_QUEUE_URL", "CurateQueue:Ref")
        .containsEntry("CURATE_LONGEST_WAIT", "PT1H")
        .containsEntry("CURATE_GATE_QUEUE_URL", "GateQueue:Ref")
        .containsEntry("CURATE_CATALOG_WAREHOUSE", "s3://LakeBucket:Ref/warehouse");
  }

  private QueueDeclaration queue(String id) {
    return Objects.requireNonNull(queues.get(id), id);
  }

  private List<String> stages() throws IOException {
    try (Stream<Path> folders = Files.list(root.resolve("functions"))) {
      return folders
          .filter(each -> Files.exists(each.resolve("pom.xml")))
          .map(each -> each.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static String name(String stage) {
    return Character.toUpperCase(stage.charAt(0)) + stage.substring(1);
  }
}
