package io.sluice.land.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.aws.s3.S3ObjectStore;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * S3's event notification message, structure 2.x, as far as land needs it. Keys come URL-encoded, a
 * blank as a plus. See "Event message structure" in the Amazon S3 User Guide.
 */
final class ObjectCreated {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CREATED = "ObjectCreated:";

  private ObjectCreated() {}

  /**
   * The objects that a notification says were created; none for the test message that S3 sends when
   * notifications are set up.
   *
   * @throws InvalidMessage when it is no notification of created objects
   */
  static List<SourceObject> read(String message) {
    JsonNode root = parse(message);
    if (root.path("Event").asText().equals("s3:TestEvent")) {
      return List.of();
    }
    JsonNode records = root.path("Records");
    if (!records.isArray() || records.isEmpty()) {
      throw new InvalidMessage("Invalid S3 notification: it has no Records");
    }
    List<SourceObject> sources = new ArrayList<>();
    for (JsonNode each : records) {
      String event = each.path("eventName").asText();
      if (!event.startsWith(CREATED)) {
        throw new InvalidMessage("Invalid S3 notification: event " + event + " created no object");
      }
      sources.add(source(each.path("s3")));
    }
    return sources;
  }

  private static SourceObject source(JsonNode s3) {
    JsonNode object = s3.path("object");
    try {
      String key = URLDecoder.decode(object.path("key").asText(), StandardCharsets.UTF_8);
      ObjectName name = new ObjectName(s3.path("bucket").path("name").asText(), key);
      String version =
          S3ObjectStore.version(
              object.path("versionId").asText(""), object.path("eTag").asText(""));
      return new SourceObject(name, version);
    } catch (IllegalArgumentException e) {
      throw new InvalidMessage("Invalid S3 notification: " + e.getMessage(), e);
    }
  }

  private static JsonNode parse(String message) {
    try {
      return JSON.readTree(message);
    } catch (JsonProcessingException e) {
      throw new InvalidMessage("Invalid S3 notification: it is not JSON", e);
    }
  }
}
