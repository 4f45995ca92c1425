package io.sluice.local.cloud.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a function's answer says of the messages of its event, read as strictly as Lambda reads it:
 * an answer that is not a partial batch response makes the whole batch fail.
 *
 * <p>See "Success and failure conditions" of "Handling errors for an SQS event source in Lambda".
 */
sealed interface BatchReport {
  /** These failed; all others are done. */
  record Failures(Set<String> messageIds) implements BatchReport {
    public Failures {
      messageIds = Set.copyOf(messageIds);
    }
  }

  /** The answer is not one; everything failed. */
  record Malformed(String reason) implements BatchReport {}

  /** Reads an answer to an event with these messages. */
  static BatchReport read(String response, Set<String> messageIds) {
    JsonNode answer;
    try {
      answer = new ObjectMapper().readTree(response);
    } catch (JsonProcessingException e) {
      return new Malformed("the answer is not JSON: " + response);
    }
    if (answer.isMissingNode()
        || answer.isNull()
        || (answer.isContainerNode() && answer.isEmpty())) {
      return new Failures(Set.of());
    }
    JsonNode failures = answer.path("batchItemFailures");
    if (answer.isObject() && failures.isNull()) {
      return new Failures(Set.of());
    }
    if (!failures.isArray()) {
      return new Malformed("the answer has no batchItemFailures: " + response);
    }
    Set<String> failed = new LinkedHashSet<>();
    for (JsonNode each : failures) {
      JsonNode id = each.path("itemIdentifier");
      if (!id.isTextual() || !messageIds.contains(id.asText())) {
        return new Malformed("the answer names a message that is not in the batch: " + response);
      }
      failed.add(id.asText());
    }
    return new Failures(failed);
  }
}
