package io.sluice.contracts.pipeline;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What a part of a declaration must look like, before anybody asks what it means. */
sealed interface Shape {
  /** {@link Text}. */
  Shape TEXT = new Text();

  /** {@link Numeral}. */
  Shape NUMBER = new Numeral();

  /** {@link Flag}. */
  Shape FLAG = new Flag();

  /** A list of texts. */
  Shape TEXTS = new Many(TEXT);

  /** Adds what is wrong with {@code node}, which stands at {@code path}. */
  void check(String path, Node node, Problems problems);

  /** The line of a node, counted from 1. */
  static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /** Any scalar but null, as it is written. */
  record Text() implements Shape {
    @Override
    public void check(String path, Node node, Problems problems) {
      if (!(node instanceof ScalarNode) || node.getTag().equals(Tag.NULL)) {
        problems.invalid(line(node), path + " is " + describe(node) + " (text is wanted)");
      }
    }
  }

  /** A finite number in decimal notation. */
  record Numeral() implements Shape {
    @Override
    public void check(String path, Node node, Problems problems) {
      if (!isNumber(node)) {
        problems.invalid(line(node), path + " is " + describe(node) + " (a number is wanted)");
      }
    }

    private static boolean isNumber(Node node) {
      boolean tagged = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
      if (!tagged || !(node instanceof ScalarNode scalar)) {
        return false;
      }
      try {
        return Double.isFinite(Double.parseDouble(scalar.getValue()));
      } catch (NumberFormatException e) {
        return false;
      }
    }
  }

  /** {@code true} or {@code false}. */
  record Flag() implements Shape {
    @Override
    public void check(String path, Node node, Problems problems) {
      if (!(node instanceof ScalarNode) || !node.getTag().equals(Tag.BOOL)) {
        problems.invalid(line(node), path + " is " + describe(node) + " (true or false is wanted)");
      }
    }
  }

  /** Any number of the same. */
  record Many(Shape element) implements Shape {
    @Override
    public void check(String path, Node node, Problems problems) {
      if (!(node instanceof SequenceNode sequence)) {
        problems.invalid(line(node), path + " is " + describe(node) + " (a list is wanted)");
        return;
      }
      for (int i = 0; i < sequence.getValue().size(); i++) {
        element.check(path + "[" + i + "]", sequence.getValue().get(i), problems);
      }
    }
  }

  /** These keys and no others, each at most once. */
  record Section(Map<String, Shape> keys) implements Shape {
    @Override
    public void check(String path, Node node, Problems problems) {
      if (!(node instanceof MappingNode mapping)) {
        String name = path.isEmpty() ? "the whole" : path;
        problems.invalid(line(node), name + " is " + describe(node) + " (keys are wanted)");
        return;
      }
      Set<String> seen = new HashSet<>();
      for (NodeTuple entry : mapping.getValue()) {
        String key =
            entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "(no scalar)";
        String keyPath = path.isEmpty() ? key : path + "." + key;
        Shape shape = keys.get(key);
        if (shape == null) {
          problems.invalid(
              line(entry.getKeyNode()),
              "unknown key " + keyPath + Suggestion.of(key, keys.keySet()));
        } else if (!seen.add(key)) {
          problems.invalid(line(entry.getKeyNode()), "key " + keyPath + " stands there twice");
        } else {
          shape.check(keyPath, entry.getValueNode(), problems);
        }
      }
    }
  }

  /** Any keys, each at most once, whose values look the same. */
  record Names(Shape value) implements Shape {
    @Override
    public void check(String path, Node node, Problems problems) {
      Map<String, Shape> keys = new HashMap<>();
      if (node instanceof MappingNode mapping) {
        for (NodeTuple entry : mapping.getValue()) {
          if (entry.getKeyNode() instanceof ScalarNode scalar) {
            keys.put(scalar.getValue(), value);
          }
        }
      }
      new Section(keys).check(path, node, problems);
    }
  }

  private static String describe(Node node) {
    return switch (node) {
      case ScalarNode scalar when scalar.getValue().isEmpty() -> "empty";
      case ScalarNode scalar -> scalar.getValue();
      case SequenceNode ignored -> "a list";
      default -> "a mapping";
    };
  }
}
