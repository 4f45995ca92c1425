package io.sluice.aws.sqs;

import java.util.Locale;
import org.jboss.logging.MDC;

/**
 * What a log line may say beside its sentence. The batch loop forgets all of them after each
 * message, so whoever puts one need not remove it. None may hold a record's content.
 */
public enum LogKey {
  /** The stage at work. */
  STAGE,
  /** The id of the SQS message. */
  MESSAGE,
  /** The pipeline that the message belongs to. */
  PIPELINE,
  /** What kind of failure. */
  FAILURE,
  /** The sentence of the failure. */
  REASON,
  /** The source object. */
  SOURCE,
  /** The batch, or the batches. */
  BATCH,
  /** The snapshot. */
  SNAPSHOT,
  /** What the stage said. */
  VERDICT;

  /** Puts it on every further line of this thread. */
  public void put(Object value) {
    MDC.put(word(), value.toString());
  }

  /** Takes all of them off again. */
  static void clearAll() {
    for (LogKey key : values()) {
      MDC.remove(key.word());
    }
  }

  /** As in the log. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
