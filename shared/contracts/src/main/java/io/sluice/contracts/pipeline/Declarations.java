package io.sluice.contracts.pipeline;

import io.sluice.contracts.registry.Registries;
import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.contracts.registry.Subject;
import io.sluice.core.batch.Layout;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.port.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
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
  private final Registries registries;

  /** The declarations of the lake in {@code store}, with registries that know nobody. */
  public Declarations(ObjectStore store, Layout layout) {
    this(store, layout, new Registries(store, layout, RegistryAccess.NONE, InstantSource.system()));
  }

  /** The declarations of the lake in {@code store}. */
  public Declarations(ObjectStore store, Layout layout, Registries registries) {
    this.store = store;
    this.layout = layout;
    this.registries = registries;
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
    Pipeline pipeline = PipelineReader.read(yaml, file.toString(), new Texts(name));
    if (!pipeline.name().equals(name)) {
      throw new ConfigurationFailure(
          "Invalid " + file + ": it declares pipeline " + pipeline.name());
    }
    return pipeline;
  }

  private final class Texts implements ContractTexts {
    private final PipelineName pipeline;

    Texts(PipelineName pipeline) {
      this.pipeline = pipeline;
    }

    @Override
    public Optional<String> file(String name) {
      return text(pipeline, name);
    }

    @Override
    public Optional<String> registered(Subject subject, String registry) {
      return registries.at(registry).find(subject);
    }
  }

  private Optional<String> text(PipelineName name, String file) {
    return store
        .read(layout.declaration(name, file), MAX_BYTES)
        .map(content -> new String(content, StandardCharsets.UTF_8));
  }
}
