package io.sluice.local.odcs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.core.failure.ConfigurationFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML as a tree of JSON, and back. A date stays the text that it is. */
final class YamlTree {
  private static final ObjectMapper TREES = new ObjectMapper();
  private static final int MAX_LINE = 120;

  private YamlTree() {}

  /** The mapping that {@code text} is. */
  static JsonNode read(String text, String name) {
    try {
      Object tree = yaml(new DumperOptions()).load(text);
      if (tree instanceof Map<?, ?>) {
        return TREES.valueToTree(tree);
      }
      throw new ConfigurationFailure("Invalid document: " + name + " (a mapping is wanted)");
    } catch (YAMLException e) {
      throw new ConfigurationFailure("Invalid document: " + name + ": " + e.getMessage(), e);
    }
  }

  static String write(JsonNode tree) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(MAX_LINE);
    Map<String, Object> map =
        TREES.convertValue(tree, new TypeReference<LinkedHashMap<String, Object>>() {});
    return yaml(options).dump(map);
  }

  private static Yaml yaml(DumperOptions options) {
    LoaderOptions loading = new LoaderOptions();
    return new Yaml(
        new SafeConstructor(loading), new Representer(options), options, loading, new Plain());
  }

  /** Knows numbers, booleans and null; everything else is text. */
  private static final class Plain extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
      addImplicitResolver(Tag.INT, INT, "-+0123456789");
      addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
      addImplicitResolver(Tag.NULL, NULL, "~nN\0");
      addImplicitResolver(Tag.NULL, EMPTY, null);
    }
  }
}
