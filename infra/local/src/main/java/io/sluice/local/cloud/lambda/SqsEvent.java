package io.sluice.local.cloud.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.local.cloud.template.Template;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;

/** The event that an SQS event source mapping makes of received messages. */
final class SqsEvent {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SqsEvent() {}

  static String of(String queueArn, List<Message> messages) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (Message each : messages) {
      ObjectNode record = records.addObject();
      record
          .put("messageId", each.messageId())
          .put("receiptHandle", each.receiptHandle())
          .put("body", each.body());
      ObjectNode attributes = record.putObject("attributes");
      each.attributesAsStrings().forEach(attributes::put);
      ObjectNode messageAttributes = record.putObject("messageAttributes");
      each.messageAttributes()
          .forEach(
              (name, value) ->
                  messageAttributes
                      .putObject(name)
                      .put("stringValue", value.stringValue())
                      .put("dataType", value.dataType()));
      record
          .put("md5OfBody", each.md5OfBody())
          .put("eventSource", "aws:sqs")
          .put("eventSourceARN", queueArn)
          .put("awsRegion", Template.REGION);
    }
    return event.toString();
  }
}
