package io.sluice.local.proof;

import io.sluice.local.cloud.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The deployed template, with endpoints of their own for each function. */
record WiredTemplate(String text) {
  private static final Pattern FUNCTION = Pattern.compile("(?m)^  (\\w+Function):$");
  private static final String VARIABLES = "        Variables:\n";
  private static final String PARKED =
      """
        ParkedQueue:
          Type: AWS::SQS::Queue
          Properties:
            QueueName: parked.fifo
            FifoQueue: true

      """;

  /** The template that is deployed. */
  static WiredTemplate deployed() throws IOException {
    Path root = Path.of(System.getProperty("sluice.root"));
    String text = Files.readString(root.resolve(Template.FILE));
    return new WiredTemplate(
        text.replace("CodeUri: functions/", "CodeUri: " + root.toAbsolutePath() + "/functions/"));
  }

  /**
   * With {@code processes} functions that all curate from one queue, a batch each; what land
   * announces goes to a queue that nobody reads, so that a test can announce it as it likes.
   */
  WiredTemplate racing(int processes) {
    int from = text.indexOf("  CurateFunction:\n");
    int until = text.indexOf("\n  CurateQueue:\n", from) + 1;
    String curate = text.substring(from, until).replace("BatchSize: 10", "BatchSize: 1");
    StringBuilder racers = new StringBuilder();
    for (int process = 1; process <= processes; process++) {
      racers.append(curate.replace("  CurateFunction:\n", "  Racer" + process + "Function:\n"));
    }
    return new WiredTemplate(
        text.substring(0, from).replace("!Ref CurateQueue", "!Ref ParkedQueue")
            + racers
            + PARKED
            + text.substring(until));
  }

  /** Writes it into {@code folder}, with the endpoints of each function. */
  Path write(Path folder, UnaryOperator<String> objects, UnaryOperator<String> queues)
      throws IOException {
    StringBuilder wired = new StringBuilder();
    Matcher functions = FUNCTION.matcher(text);
    int done = 0;
    while (functions.find()) {
      int variables = text.indexOf(VARIABLES, functions.end()) + VARIABLES.length();
      wired
          .append(text, done, variables)
          .append(
              "          AWS_ENDPOINT_URL_S3: %s\n".formatted(objects.apply(functions.group(1))))
          .append(
              "          AWS_ENDPOINT_URL_SQS: %s\n".formatted(queues.apply(functions.group(1))));
      done = variables;
    }
    Files.writeString(folder.resolve(Template.FILE), wired.append(text.substring(done)));
    return folder;
  }
}
