package io.sluice.local.cloud.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.local.cloud.template.Template;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One object came to be.
 *
 * @param event {@code ObjectCreated:Put}, {@code :Copy} or {@code :CompleteMultipartUpload}
 * @param eTag without quotes
 * @param sequencer greater for later events of the same key
 */
public record ObjectCreation(
    String event,
    String bucket,
    String key,
    String eTag,
    long sizeBytes,
    long sequencer,
    Instant time) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The message that S3 sends, structure version 2.1, for a bucket without versions. The key is
   * encoded as in a query string, slashes left alone.
   */
  public String message() {
    ObjectNode message = JSON.createObjectNode();
    ObjectNode event = message.putArray("Records").addObject();
    event
        .put("eventVersion", "2.1")
        .put("eventSource", "aws:s3")
        .put("awsRegion", Template.REGION)
        .put("eventTime", time.toString())
        .put("eventName", this.event);
    event.putObject("userIdentity").put("principalId", "AWS:sluice");
    event.putObject("requestParameters").put("sourceIPAddress", "127.0.0.1");
    event.putObject("responseElements").put("x-amz-request-id", Long.toHexString(sequencer));
    ObjectNode s3 = event.putObject("s3");
    s3.put("s3SchemaVersion", "1.0").put("configurationId", "sluice");
    ObjectNode bucketNode = s3.putObject("bucket");
    bucketNode.put("name", bucket).put("arn", "arn:aws:s3:::" + bucket);
    bucketNode.putObject("ownerIdentity").put("principalId", Template.ACCOUNT);
    s3.putObject("object")
        .put("key", URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"))
        .put("size", sizeBytes)
        .put("eTag", eTag)
        .put("sequencer", String.format("%016X", sequencer));
    return message.toString();
  }
}
