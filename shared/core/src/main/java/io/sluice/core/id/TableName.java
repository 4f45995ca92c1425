package io.sluice.core.id;

/** A table in the catalog: one namespace level and a name. */
public record TableName(String namespace, String name) {
  /** The namespace of the tables that readers use. */
  public static final String CURATED = "curated";

  /** The curated table of {@code pipeline}: hyphens become underscores, as SQL wants them. */
  public static TableName curated(PipelineName pipeline) {
    return new TableName(CURATED, pipeline.value().replace('-', '_'));
  }

  /** The table of the rejected records of {@code pipeline}. */
  public static TableName quarantine(PipelineName pipeline) {
    return new TableName(CURATED, curated(pipeline).name() + "_quarantine");
  }

  /** The table of the batches of {@code pipeline}. */
  public static TableName batches(PipelineName pipeline) {
    return new TableName(CURATED, curated(pipeline).name() + "_batches");
  }

  @Override
  public String toString() {
    return namespace + "." + name;
  }
}
