package io.sluice.local.cloud.template;

import java.util.List;

/**
 * One {@code AWS::S3::Bucket}.
 *
 * @param name what it is called in the embedded cloud: its id in lower case, without {@code Bucket}
 */
public record BucketDeclaration(String id, String name, List<Notification> notifications) {
  /** Copies the notifications. */
  public BucketDeclaration {
    notifications = List.copyOf(notifications);
  }

  /**
   * Which new objects are announced to which queue.
   *
   * @param event {@code s3:ObjectCreated:*} or one of its kinds
   */
  public record Notification(String queue, String event, String prefix, String suffix) {
    /** Whether an event, {@code ObjectCreated:Put}, of that object is announced. */
    public boolean covers(String eventName, String key) {
      String kind = event.startsWith("s3:") ? event.substring(3) : event;
      boolean named =
          kind.endsWith("*")
              ? eventName.startsWith(kind.substring(0, kind.length() - 1))
              : eventName.equals(kind);
      return named && key.startsWith(prefix) && key.endsWith(suffix);
    }
  }
}
