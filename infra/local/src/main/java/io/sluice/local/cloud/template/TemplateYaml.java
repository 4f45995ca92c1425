package io.sluice.local.cloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads CloudFormation's YAML into a tree in which the short forms of its functions ({@code !Ref
 * x}) are written out ({@code {Ref: x}}), as in its JSON.
 */
final class TemplateYaml {
  private static final ObjectMapper TREES = new ObjectMapper();

  private TemplateYaml() {}

  static JsonNode read(String text) {
    Object tree = new Yaml(new ShortForms()).load(text);
    return TREES.valueToTree(tree);
  }

  private static final class ShortForms extends SafeConstructor {
    ShortForms() {
      super(new LoaderOptions());
      yamlMultiConstructors.put("!", new ShortForm());
    }

    private final class ShortForm extends AbstractConstruct {
      @Override
      public Object construct(Node node) {
        String name = node.getTag().getValue().substring(1);
        String function = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
        return switch (node) {
          case ScalarNode scalar -> Map.of(function, scalar.getValue());
          case SequenceNode sequence -> Map.of(function, constructSequence(sequence));
          default -> Map.of(function, Map.of());
        };
      }
    }
  }
}
