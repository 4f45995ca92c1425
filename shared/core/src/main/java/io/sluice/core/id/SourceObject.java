package io.sluice.core.id;

/**
 * One immutable input object: its name and the version of it that was announced.
 *
 * @param version the S3 version id where the bucket keeps versions, else the ETag without quotes
 */
public record SourceObject(ObjectName name, String version) {
  /** Refuses an empty version: without one, two contents under one key would be one input. */
  public SourceObject {
    if (version.isEmpty()) {
      throw new IllegalArgumentException("Invalid source object: " + name + " has no version");
    }
  }

  @Override
  public String toString() {
    return name + "@" + version;
  }
}
