package io.sluice.local.cloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One {@code AWS::Serverless::Function}.
 *
 * @param codeUri the package, relative to the folder of the template
 * @param environment the variables, their references not yet resolved; see {@link
 *     Template#environment}
 */
public record FunctionDeclaration(
    String id,
    Path codeUri,
    String handler,
    int memoryMegabytes,
    Duration timeout,
    JsonNode environment,
    List<EventSource> sources) {
  /** Copies the sources. */
  public FunctionDeclaration {
    sources = List.copyOf(sources);
  }

  /**
   * A queue that the function is fed from.
   *
   * @param reportsItemFailures whether an answer may name the messages that failed
   */
  public record EventSource(String queue, int batchSize, boolean reportsItemFailures) {}
}
