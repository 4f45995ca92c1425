package io.sluice.aws.client;

import java.net.URI;

/**
 * Where the services are, and as whom to speak to them, for a caller that does not run on AWS.
 *
 * @param s3 addressed with the bucket in the path
 */
public record AwsEndpoints(URI s3, URI sqs, String region, String accessKey, String secretKey) {
  /** Leaves out the secret. */
  @Override
  public String toString() {
    return "AwsEndpoints[s3=" + s3 + ", sqs=" + sqs + ", region=" + region + "]";
  }
}
