package io.sluice.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.failure.UnknownOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class SqsBatchLoopTest {
  private final SqsBatchLoop loop = new SqsBatchLoop("curate");
  private final List<String> processed = new ArrayList<>();
  private final List<List<String>> groups = new ArrayList<>();
  private final Map<String, Throwable> unreadable = new HashMap<>();
  private final Map<String, Throwable> unprocessable = new HashMap<>();

  @Test
  void reportsNothingWhenEverythingIsDone() {
    assertThat(perMessage(standard("a"), standard("b"))).isEmpty();
    assertThat(processed).containsExactly("a", "b");
  }

  @ParameterizedTest
  @MethodSource("stopping")
  void reportsOnlyTheMessagesThatFailed(Throwable failure) {
    // Given
    unprocessable.put("b", failure);

    // Then
    assertThat(perMessage(standard("a"), standard("b"), standard("c"))).containsExactly("b");
    assertThat(processed).containsExactly("a", "c");
  }

  @ParameterizedTest
  @MethodSource("stopping")
  void stopsTheGroupAtTheFirstFailureAndNoOther(Throwable failure) {
    // Given
    unprocessable.put("b1", failure);

    // When
    List<String> failed =
        perMessage(fifo("a1", "a"), fifo("b1", "b"), fifo("a2", "a"), fifo("b2", "b"));

    // Then
    assertThat(failed).containsExactly("b1", "b2");
    assertThat(processed).containsExactly("a1", "a2");
  }

  @ParameterizedTest
  @MethodSource("stopping")
  void stopsTheGroupWhenAMessageCannotBeReadForNow(Throwable failure) {
    // Given
    unreadable.put("a2", failure);

    // Then
    assertThat(perMessage(fifo("a1", "a"), fifo("a2", "a"), fifo("a3", "a")))
        .containsExactly("a2", "a3");
    assertThat(processed).containsExactly("a1");
  }

  @Test
  void failsAnInvalidMessageAloneAndGoesOnWithItsGroup() {
    // Given
    unprocessable.put("a1", new InvalidMessage("no"));
    unreadable.put("a2", new InvalidMessage("no"));
    unreadable.put("a3", new IllegalArgumentException("Invalid batch id: a3"));

    // Then
    assertThat(perMessage(fifo("a1", "a"), fifo("a2", "a"), fifo("a3", "a"), fifo("a4", "a")))
        .containsExactly("a1", "a2", "a3");
    assertThat(processed).containsExactly("a4");
  }

  @Test
  void reportsAMessageOnceHoweverOftenItIsInTheBatch() {
    // Given
    unprocessable.put("a", new TransientFailure("no"));

    // Then
    assertThat(perMessage(standard("a"), standard("b"), standard("a"))).containsExactly("a");
  }

  @Test
  void reportsAMessageAsFailedWhenOneOfItsCopiesFailed() {
    // Given
    List<String> seen = new ArrayList<>();

    // When
    SQSBatchResponse response =
        loop.perMessage(
            event(standard("a"), standard("a")),
            Function.identity(),
            body -> {
              seen.add(body);
              if (seen.size() == 2) {
                throw new TransientFailure("no");
              }
            });

    // Then
    assertThat(failed(response)).containsExactly("a");
  }

  @Test
  void answersInTheOrderOfTheBatch() {
    // Given
    unprocessable.put("a2", new TransientFailure("no"));
    unprocessable.put("b1", new TransientFailure("no"));

    // Then
    assertThat(perMessage(fifo("a1", "a"), fifo("b1", "b"), fifo("a2", "a"), fifo("b2", "b")))
        .containsExactly("b1", "a2", "b2");
  }

  @Test
  void handsEachGroupOverWholeAndInOrder() {
    assertThat(perGroup(fifo("a1", "a"), fifo("b1", "b"), fifo("a2", "a"))).isEmpty();
    assertThat(groups).containsExactly(List.of("a1", "a2"), List.of("b1"));
  }

  @ParameterizedTest
  @MethodSource("stopping")
  void failsTheWholeGroupWhenItsCallFailsAndNoOther(Throwable failure) {
    // Given
    unprocessable.put("a2", failure);

    // Then
    assertThat(perGroup(fifo("a1", "a"), fifo("b1", "b"), fifo("a2", "a")))
        .containsExactly("a1", "a2");
    assertThat(groups).containsExactly(List.of("b1"));
  }

  @Test
  void leavesOutWhatCannotBeReadAndProcessesTheRestTogether() {
    // Given
    unreadable.put("a2", new InvalidMessage("no"));

    // Then
    assertThat(perGroup(fifo("a1", "a"), fifo("a2", "a"), fifo("a3", "a"))).containsExactly("a2");
    assertThat(groups).containsExactly(List.of("a1", "a3"));
  }

  @ParameterizedTest
  @MethodSource("stopping")
  void processesOnlyWhatStandsBeforeAMessageThatCannotBeReadForNow(Throwable failure) {
    // Given
    unreadable.put("a2", failure);

    // Then
    assertThat(perGroup(fifo("a1", "a"), fifo("a2", "a"), fifo("a3", "a")))
        .containsExactly("a2", "a3");
    assertThat(groups).containsExactly(List.of("a1"));
  }

  @Test
  void callsNobodyForAGroupWithoutAReadableMessage() {
    // Given
    unreadable.put("a1", new InvalidMessage("no"));

    // Then
    assertThat(perGroup(fifo("a1", "a"))).containsExactly("a1");
    assertThat(groups).isEmpty();
  }

  @Test
  void findsTheInvalidMessageOfAGroupOneByOne() {
    // Given
    unprocessable.put("a2", new InvalidMessage("no"));

    // Then
    assertThat(perGroup(fifo("a1", "a"), fifo("a2", "a"), fifo("a3", "a"))).containsExactly("a2");
    assertThat(groups).containsExactly(List.of("a1"), List.of("a3"));
  }

  @Test
  void stopsOneByOneToo() {
    // Given
    unprocessable.put("a1", new InvalidMessage("no"));
    unprocessable.put("a3", new TransientFailure("no"));

    // Then
    assertThat(perGroup(fifo("a1", "a"), fifo("a2", "a"), fifo("a3", "a"), fifo("a4", "a")))
        .containsExactly("a1", "a3", "a4");
    assertThat(groups).containsExactly(List.of("a2"));
  }

  @Test
  void treatsMessagesOfAStandardQueueAsGroupsOfOne() {
    // Given
    unprocessable.put("a", new TransientFailure("no"));

    // Then
    assertThat(perGroup(standard("a"), standard("b"))).containsExactly("a");
    assertThat(groups).containsExactly(List.of("b"));
  }

  @Test
  void putsTheContextOnEveryLineAndForgetsItAfterwards() {
    // Given
    List<Map<String, Object>> contexts = new ArrayList<>();

    // When
    loop.perMessage(
        event(fifo("a1", "earthquakes"), standard("b1")),
        Function.identity(),
        body -> {
          contexts.add(Map.copyOf(MDC.getMap()));
          LogKey.BATCH.put("of " + body);
        });

    // Then
    assertThat(contexts)
        .containsExactly(
            Map.of("stage", "curate", "message", "a1", "pipeline", "earthquakes"),
            Map.of("stage", "curate", "message", "b1"));
    assertThat(MDC.getMap()).isEmpty();
  }

  @Test
  void forgetsTheContextOfAFailureToo() {
    // Given
    unprocessable.put("a", new TransientFailure("no"));

    // When
    perMessage(fifo("a", "earthquakes"));

    // Then
    assertThat(MDC.getMap()).isEmpty();
  }

  @Test
  void logsEachFailureOnceAndAStackTraceOnlyForABug() {
    // Given
    ListAppender<ILoggingEvent> lines =
        new ListAppender<>() {
          @Override
          protected void append(ILoggingEvent line) {
            line.prepareForDeferredProcessing();
            super.append(line);
          }
        };
    lines.start();
    Logger logger = (Logger) LoggerFactory.getLogger(SqsBatchLoop.class);
    logger.addAppender(lines);
    unprocessable.put("a2", new InvalidMessage("Invalid batch id: x"));
    unprocessable.put("b", new TransientFailure("Cannot read s3://lake/b: timed out"));
    unprocessable.put("c", new IllegalStateException("bug"));

    // When
    perGroup(fifo("a1", "a"), fifo("a2", "a"), fifo("b", "b"), fifo("c", "c"));
    logger.detachAppender(lines);

    // Then
    assertThat(lines.list)
        .extracting(line -> line.getMDCPropertyMap().get("message"))
        .containsExactly("a2", "b", "c");
    assertThat(lines.list)
        .extracting(line -> line.getMDCPropertyMap().get("reason"))
        .startsWith("Invalid batch id: x", "Cannot read s3://lake/b: timed out");
    assertThat(lines.list)
        .extracting(line -> line.getThrowableProxy() != null)
        .containsExactly(false, false, true);
  }

  @Test
  void letsTheWholeBatchFailWhenTheProcessIsOutOfMemory() {
    // Given
    unprocessable.put("a", new OutOfMemoryError());

    // Then
    assertThatThrownBy(() -> perMessage(standard("a"), standard("b")))
        .isInstanceOf(OutOfMemoryError.class);
  }

  static Stream<Throwable> stopping() {
    return Stream.of(
        new TransientFailure("Cannot read s3://lake/a: SlowDown (status 503)"),
        new ConfigurationFailure("Cannot read s3://lake/a: NoSuchBucket (status 404)"),
        new UnknownOutcome("Cannot commit curated.quakes: no answer"),
        new IllegalStateException("bug"),
        new StackOverflowError());
  }

  private List<String> perMessage(SQSMessage... messages) {
    return failed(
        loop.perMessage(
            event(messages),
            body -> orThrow(body, unreadable),
            body -> processed.add(orThrow(body, unprocessable))));
  }

  private List<String> perGroup(SQSMessage... messages) {
    return failed(
        loop.perGroup(
            event(messages),
            body -> orThrow(body, unreadable),
            bodies -> {
              bodies.forEach(body -> orThrow(body, unprocessable));
              groups.add(bodies);
            }));
  }

  private static String orThrow(String body, Map<String, Throwable> failures) {
    switch (failures.get(body)) {
      case null -> {
        return body;
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new AssertionError(e);
    }
  }

  private static SQSEvent event(SQSMessage... messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(messages));
    return event;
  }

  private static SQSMessage standard(String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(body);
    message.setBody(body);
    message.setAttributes(Map.of("ApproximateReceiveCount", "1"));
    return message;
  }

  private static SQSMessage fifo(String body, String group) {
    SQSMessage message = standard(body);
    message.setAttributes(Map.of("MessageGroupId", group));
    return message;
  }

  private static List<String> failed(SQSBatchResponse response) {
    return response.getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }
}
