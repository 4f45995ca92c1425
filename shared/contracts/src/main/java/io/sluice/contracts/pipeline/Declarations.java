package io.sluice.contracts.pipeline;

import io.sluice.core.batch.Layout;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.port.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The declarations that a lake holds: one folder for each pipeline, with {@value #FILE} and what it
 * names beside it.
 */
public final class Declarations {
  /** The file that declares a pipeline. */
  public static final String FILE = "pipeline.yaml";

  /** The longest file of a declaration: a contract of 1 Mi characters of at most 4 bytes. */
  public static final int MAX_BYTES = 4 << 20;

  private final ObjectStore store;
  private final Layout layout;

  /** The declarations of the lake in {@code store}. */
  public Declarations(ObjectStore store, Layout layout) {
    this.store = store;
    this.layout = layout;
  }

  /**
   * The pipeline of that name as it is declared now.
   *
   * @throws ConfigurationFailure when it is not declared, or declared wrongly
   */
  public Pipeline read(PipelineName name) {
    ObjectName file = layout.declaration(name, FILE);
    String yaml =
        text(name, FILE)
            .orElseThrow(() -> new ConfigurationFailure("Pipeline does not exist: no " + file));
    Pipeline pipeline = PipelineReader.read(yaml, file.toString(), other -> text(name, other));
    if (!pipeline.name().equals(name)) {
      throw new ConfigurationFailure(
          "Invalid " + file + ": it declares pipeline " + pipeline.name());
    }
    return pipeline;
  }

  private Optional<String> text(PipelineName name, String file) {
    return store
        .read(layout.declaration(name, file), MAX_BYTES)
        .map(content -> new String(content, StandardCharsets.UTF_8));
  }
}
