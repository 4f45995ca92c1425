package io.sluice.contracts.pipeline;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A part of {@code pipeline.yaml} whose shape is right: its words, by their keys. */
final class Declaration {
  /** The longest declaration that is read: the template, with room for a thousand gates. */
  static final int MAX_CHARACTERS = 256 << 10;

  /** The template nests four levels deep. */
  private static final int MAX_DEPTH = 16;

  private final String path;
  private final @Nullable Node node;
  private final int line;

  private Declaration(String path, @Nullable Node node, int line) {
    this.path = path;
    this.node = node;
    this.line = line;
  }

  /** Reads the text and checks its shape; throws all problems of that kind together. */
  static Declaration read(String yaml, Shape whole, Problems problems) {
    Node root = compose(yaml, problems);
    if (root == null) {
      problems.invalid(1, "nothing is declared");
    } else {
      whole.check("", root, problems);
    }
    problems.throwIfAny();
    return new Declaration("", root, 1);
  }

  private static @Nullable Node compose(String yaml, Problems problems) {
    LoaderOptions limits = new LoaderOptions();
    limits.setMaxAliasesForCollections(0);
    limits.setNestingDepthLimit(MAX_DEPTH);
    if (yaml.length() > MAX_CHARACTERS) {
      problems.invalid(1, "it is longer than " + MAX_CHARACTERS + " characters");
      problems.throwIfAny();
    }
    try {
      return new Yaml(limits).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      problems.invalid(line, "it is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      problems.invalid(1, "it is not YAML: " + e.getMessage());
    }
    problems.throwIfAny();
    return null;
  }

  /** Whether {@code key} is declared. */
  boolean has(String key) {
    return value(key) != null;
  }

  /** The section under {@code key}: an empty one when it is not declared. */
  Declaration section(String key) {
    Node value = value(key);
    return new Declaration(pathOf(key), value, value == null ? line : Shape.line(value));
  }

  /** The sections of the list under {@code key}. */
  List<Declaration> sections(String key) {
    return elements(key).stream()
        .map(element -> new Declaration(pathOf(key), element, Shape.line(element)))
        .toList();
  }

  /** The keys that are declared here, in their order. */
  List<String> keys() {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .map(entry -> ((ScalarNode) entry.getKeyNode()).getValue())
            .toList()
        : List.of();
  }

  /** Where {@code key} stands; nowhere when it is not declared. */
  OptionalInt lineOf(String key) {
    Node value = value(key);
    return value == null ? OptionalInt.empty() : OptionalInt.of(Shape.line(value));
  }

  Optional<Word> word(String key) {
    return Optional.ofNullable(value(key)).map(value -> word(key, value));
  }

  List<Word> words(String key) {
    return elements(key).stream().map(element -> word(key, element)).toList();
  }

  /** {@link #word}, and a problem when it is not declared. */
  Optional<Word> required(String key, Problems problems) {
    Optional<Word> word = word(key);
    if (word.isEmpty()) {
      problems.invalid(line, pathOf(key) + " is missing");
    }
    return word;
  }

  /**
   * Notes a problem when the word under {@code key} is none of {@code available}; one of {@code
   * declarable} has a meaning that this version does not have.
   */
  void choose(String key, List<String> available, List<String> declarable, Problems problems) {
    word(key)
        .filter(word -> !available.contains(word.text()))
        .ifPresent(
            word -> {
              if (declarable.contains(word.text())) {
                problems.unavailable(word);
              } else {
                List<String> known = new ArrayList<>(available);
                known.addAll(declarable);
                problems.invalid(word, "one of " + String.join(", ", known) + " is wanted");
              }
            });
  }

  String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  int line() {
    return line;
  }

  private Word word(String key, Node value) {
    return new Word(pathOf(key), ((ScalarNode) value).getValue(), Shape.line(value));
  }

  private List<Node> elements(String key) {
    return value(key) instanceof SequenceNode sequence ? sequence.getValue() : List.of();
  }

  private @Nullable Node value(String key) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (((ScalarNode) entry.getKeyNode()).getValue().equals(key)) {
          return entry.getValueNode();
        }
      }
    }
    return null;
  }
}
