package io.sluice.aws.client;

import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.Failure;
import io.sluice.core.failure.TransientFailure;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an exception of the SDK means: transient when the same call may succeed later, a matter of
 * configuration when it cannot. What never reached the service, or was never answered, is
 * transient.
 */
public final class AwsFailures {
  /**
   * Time-outs, conflicts, and credentials that expired under way and are fetched anew. See the
   * lists of error codes in the API references of S3 and SQS.
   */
  private static final Set<String> TRANSIENT =
      Set.of(
          "RequestTimeout",
          "ConditionalRequestConflict",
          "OperationAborted",
          "ExpiredToken",
          "ExpiredTokenException",
          "RequestExpired",
          "RequestTimeTooSkewed");

  private static final int REQUEST_TIMEOUT = 408;
  private static final int CONFLICT = 409;
  private static final int SERVER_ERRORS = 500;

  private AwsFailures() {}

  /**
   * The failure to throw.
   *
   * @param action verb and thing, as in {@code read s3://lake/raw/…}
   */
  public static Failure of(String action, SdkException cause) {
    String message = "Cannot " + action + ": " + reason(cause);
    return isTransient(cause)
        ? new TransientFailure(message, cause)
        : new ConfigurationFailure(message, cause);
  }

  private static boolean isTransient(SdkException cause) {
    if (!(cause instanceof AwsServiceException service)) {
      return true;
    }
    int status = service.statusCode();
    return status >= SERVER_ERRORS
        || status == REQUEST_TIMEOUT
        || status == CONFLICT
        || service.isThrottlingException()
        || TRANSIENT.contains(code(service));
  }

  private static String reason(SdkException cause) {
    if (cause instanceof AwsServiceException service) {
      String code = code(service);
      return (code.isEmpty() ? "" : code + " ") + "(status " + service.statusCode() + ")";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static String code(AwsServiceException cause) {
    AwsErrorDetails details = cause.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }
}
