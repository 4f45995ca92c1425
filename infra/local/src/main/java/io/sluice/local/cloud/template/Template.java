package io.sluice.local.cloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.local.cloud.template.FunctionDeclaration.EventSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A SAM template, in its own order. Functions, queues, topics and buckets are read; what else a
 * template holds (roles, policies, outputs) has no meaning on one machine.
 */
public final class Template {
  /** The only region and account there are. */
  public static final String REGION = "us-east-1";

  /** Twelve digits, as an account has; ElasticMQ's own. */
  public static final String ACCOUNT = "000000000000";

  /** The name of the template's file. */
  public static final String FILE = "sam-template.yaml";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}!]+)}");
  private static final List<String> QUEUE_ATTRIBUTES =
      List.of(
          "FifoQueue",
          "VisibilityTimeout",
          "DelaySeconds",
          "MessageRetentionPeriod",
          "ContentBasedDeduplication");
  private static final int DEFAULT_VISIBILITY_SECONDS = 30;

  private final Path root;
  private final JsonNode tree;
  private final Map<String, String> parameters;

  private Template(Path root, JsonNode tree, Map<String, String> parameters) {
    this.root = root;
    this.tree = tree;
    this.parameters = parameters;
  }

  /**
   * Reads the template in {@code root}, with {@code overrides} in the place of its parameters'
   * defaults.
   */
  public static Template read(Path root, Map<String, String> overrides) {
    Path file = root.resolve(FILE);
    JsonNode tree;
    try {
      tree = TemplateYaml.read(Files.readString(file));
    } catch (IOException e) {
      throw new ConfigurationFailure("Cannot read " + file + ": " + e.getMessage(), e);
    } catch (YAMLException e) {
      throw new ConfigurationFailure("Invalid template: " + file + ": " + e.getMessage(), e);
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    tree.path("Parameters")
        .properties()
        .forEach(each -> parameters.put(each.getKey(), each.getValue().path("Default").asText()));
    parameters.putAll(overrides);
    parameters.put("AWS::Region", REGION);
    parameters.put("AWS::AccountId", ACCOUNT);
    parameters.put("AWS::Partition", "aws");
    parameters.put("AWS::StackName", "sluice");
    return new Template(root, tree, Map.copyOf(parameters));
  }

  /** The folder that the template is in, which its paths start from. */
  public Path root() {
    return root;
  }

  /** All functions. */
  public List<FunctionDeclaration> functions() {
    return resources("AWS::Serverless::Function", this::function);
  }

  /** All queues, dead-letter queues among them. */
  public List<QueueDeclaration> queues() {
    return resources("AWS::SQS::Queue", this::queue);
  }

  /** All buckets. */
  public List<BucketDeclaration> buckets() {
    return resources("AWS::S3::Bucket", Template::bucket);
  }

  /** All topics, with the queues that are subscribed to them. */
  public List<TopicDeclaration> topics() {
    Map<String, List<TopicDeclaration.Subscription>> subscriptions = new LinkedHashMap<>();
    resources(
        "AWS::SNS::Subscription",
        (id, properties) ->
            subscriptions
                .computeIfAbsent(referred(properties.path("TopicArn")), topic -> new ArrayList<>())
                .add(subscription(id, properties)));
    return resources(
        "AWS::SNS::Topic",
        (id, properties) ->
            new TopicDeclaration(
                id,
                properties.has("TopicName")
                    ? resolve(properties.path("TopicName"), Template::unknown)
                    : id,
                subscriptions.getOrDefault(id, List.of())));
  }

  private static TopicDeclaration.Subscription subscription(String id, JsonNode properties) {
    if (!properties.path("Protocol").asText().equals("sqs") || properties.has("FilterPolicy")) {
      throw new ConfigurationFailure(
          "Invalid subscription: " + id + " in " + FILE + " (queues can subscribe, to everything)");
    }
    return new TopicDeclaration.Subscription(
        referred(properties.path("Endpoint")), properties.path("RawMessageDelivery").asBoolean());
  }

  /** The variables of a function, once it is known what its references mean. */
  public Map<String, String> environment(FunctionDeclaration function, Attributes attributes) {
    Map<String, String> resolved = new LinkedHashMap<>();
    function
        .environment()
        .properties()
        .forEach(each -> resolved.put(each.getKey(), resolve(each.getValue(), attributes)));
    return resolved;
  }

  private <T> List<T> resources(String type, BiFunction<String, JsonNode, T> read) {
    List<T> found = new ArrayList<>();
    tree.path("Resources")
        .properties()
        .forEach(
            each -> {
              if (each.getValue().path("Type").asText().equals(type)) {
                found.add(read.apply(each.getKey(), each.getValue().path("Properties")));
              }
            });
    return List.copyOf(found);
  }

  private FunctionDeclaration function(String id, JsonNode properties) {
    JsonNode globals = tree.path("Globals").path("Function");
    List<EventSource> sources = new ArrayList<>();
    properties.path("Events").properties().forEach(each -> sources.add(source(each.getValue())));
    return new FunctionDeclaration(
        id,
        Path.of(own(properties, globals, "CodeUri").asText()),
        own(properties, globals, "Handler").asText(),
        own(properties, globals, "MemorySize").asInt(128),
        Duration.ofSeconds(own(properties, globals, "Timeout").asInt(3)),
        properties.path("Environment").path("Variables"),
        sources);
  }

  private static JsonNode own(JsonNode properties, JsonNode globals, String name) {
    return properties.has(name) ? properties.path(name) : globals.path(name);
  }

  private static EventSource source(JsonNode event) {
    JsonNode properties = event.path("Properties");
    boolean reports = false;
    for (JsonNode type : properties.path("FunctionResponseTypes")) {
      reports |= type.asText().equals("ReportBatchItemFailures");
    }
    return new EventSource(
        referred(properties.path("Queue")), properties.path("BatchSize").asInt(10), reports);
  }

  private QueueDeclaration queue(String id, JsonNode properties) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String name : QUEUE_ATTRIBUTES) {
      if (properties.has(name)) {
        attributes.put(name, properties.path(name).asText());
      }
    }
    JsonNode policy = properties.path("RedrivePolicy");
    return new QueueDeclaration(
        id,
        properties.has("QueueName") ? resolve(properties.path("QueueName"), Template::unknown) : id,
        properties.path("FifoQueue").asBoolean(),
        Duration.ofSeconds(properties.path("VisibilityTimeout").asInt(DEFAULT_VISIBILITY_SECONDS)),
        attributes,
        policy.isObject()
            ? List.of(
                new QueueDeclaration.Redrive(
                    referred(policy.path("deadLetterTargetArn")),
                    policy.path("maxReceiveCount").asInt()))
            : List.of());
  }

  private static BucketDeclaration bucket(String id, JsonNode properties) {
    List<BucketDeclaration.Notification> notifications = new ArrayList<>();
    for (JsonNode each : properties.path("NotificationConfiguration").path("QueueConfigurations")) {
      String prefix = "";
      String suffix = "";
      for (JsonNode rule : each.path("Filter").path("S3Key").path("Rules")) {
        String value = rule.path("Value").asText();
        switch (rule.path("Name").asText().toLowerCase(Locale.ROOT)) {
          case "prefix" -> prefix = value;
          case "suffix" -> suffix = value;
          default -> throw new ConfigurationFailure("Invalid filter: " + rule + " of " + id);
        }
      }
      notifications.add(
          new BucketDeclaration.Notification(
              referred(each.path("Queue")), each.path("Event").asText(), prefix, suffix));
    }
    String name = id.endsWith("Bucket") ? id.substring(0, id.length() - "Bucket".length()) : id;
    return new BucketDeclaration(id, name.toLowerCase(Locale.ROOT), notifications);
  }

  /** The id of the resource that {@code {Ref: id}} or {@code {Fn::GetAtt: id.Arn}} points at. */
  private static String referred(JsonNode value) {
    String name = value.has("Ref") ? value.path("Ref").asText() : attribute(value);
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static String attribute(JsonNode value) {
    JsonNode name = value.path("Fn::GetAtt");
    return name.isArray() ? name.path(0).asText() + "." + name.path(1).asText() : name.asText();
  }

  private String resolve(JsonNode value, Attributes attributes) {
    if (value.isValueNode()) {
      return value.asText();
    }
    if (value.has("Ref")) {
      return resolve(value.path("Ref").asText(), attributes);
    }
    if (value.has("Fn::GetAtt")) {
      return resolve(attribute(value), attributes);
    }
    if (!value.path("Fn::Sub").isTextual()) {
      throw new ConfigurationFailure("Invalid value: " + value + " in " + FILE);
    }
    Matcher placeholders = PLACEHOLDER.matcher(value.path("Fn::Sub").asText());
    return placeholders.replaceAll(
        each -> Matcher.quoteReplacement(resolve(each.group(1), attributes)));
  }

  private String resolve(String name, Attributes attributes) {
    String parameter = parameters.get(name);
    if (parameter != null) {
      return parameter;
    }
    int dot = name.indexOf('.');
    return dot < 0
        ? attributes.of(name, Attributes.REF)
        : attributes.of(name.substring(0, dot), name.substring(dot + 1));
  }

  private static String unknown(String id, String attribute) {
    throw new ConfigurationFailure("Invalid reference: " + id + "." + attribute + " in " + FILE);
  }
}
