package io.sluice.land.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.id.SourceObject;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.land.LandingLake;
import io.sluice.land.fuzz.FuzzTarget;
import java.util.List;

/**
 * The text of a message names created objects or is invalid, and nothing else is thrown. The
 * function takes it either way, leaves nothing in the lake of an object that is not there, and
 * hands back no message but this one.
 */
public final class NotifiedHandler implements FuzzTarget {
  @Override
  public void take(byte[] input) {
    String text = new String(input, UTF_8);
    boolean isValid = isValid(text);
    LandingLake lake = new LandingLake();
    SQSMessage message = new SQSMessage();
    message.setMessageId("1");
    message.setBody(text);
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    RequestHandler<SQSEvent, SQSBatchResponse> handler =
        new LandHandler(new LandWiring(lake.landing(lake.store(), new InMemoryQueue<>())));
    int failures = handler.handleRequest(event, null).getBatchItemFailures().size();
    assertThat(failures).isBetween(isValid ? 0 : 1, 1);
    assertThat(lake.keys("raw/")).isEmpty();
  }

  private static boolean isValid(String text) {
    try {
      List<SourceObject> sources = ObjectCreated.read(text);
      assertThat(ObjectCreated.read(text)).isEqualTo(sources);
      return true;
    } catch (InvalidMessage e) {
      assertThat(e).hasMessageStartingWith("Invalid S3 notification");
      return false;
    }
  }
}
