package io.sluice.local.cloud.lambda;

import io.sluice.local.cloud.template.FunctionDeclaration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What it takes to run a function.
 *
 * @param zip its built package
 * @param layers jars that the function finds beside its own, as a Lambda layer brings them
 * @param variables its environment, references resolved
 * @param temporary a folder of its own for files that need not outlive its process
 */
public record FunctionSettings(
    FunctionDeclaration declaration,
    Path zip,
    List<Path> layers,
    Map<String, String> variables,
    Path log,
    Path temporary) {
  /** Copies the collections. */
  public FunctionSettings {
    layers = List.copyOf(layers);
    variables = Map.copyOf(variables);
  }
}
