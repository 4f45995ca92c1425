package io.sluice.local.cloud;

import io.sluice.contracts.registry.RegistryAccess;
import java.nio.file.Path;
import java.util.List;

/**
 * What an embedded cloud needs to know.
 *
 * @param lake the folder that keeps everything; made when it is not there
 * @param root the folder of {@code sam-template.yaml}
 * @param layerJars jars that every function finds beside its own; on AWS they are not there
 * @param registry who the functions are to a schema registry
 * @param s3Port where S3 listens, 0 for any free port
 * @param sqsPort where SQS listens, 0 for any free port
 */
public record CloudSettings(
    Path lake, Path root, List<Path> layerJars, RegistryAccess registry, int s3Port, int sqsPort) {
  /** Copies the list, and makes the paths absolute, for processes in other folders. */
  public CloudSettings {
    lake = lake.toAbsolutePath().normalize();
    root = root.toAbsolutePath().normalize();
    layerJars = layerJars.stream().map(Path::toAbsolutePath).toList();
  }
}
