package io.sluice.local;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.contracts.wire.ManifestJson;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.id.TableName;
import io.sluice.iceberg.catalog.CatalogSettings;
import io.sluice.local.cloud.EmbeddedCloud;
import io.sluice.local.cloud.LocalStorage;
import io.sluice.local.lake.PipelineFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.TableIdentifier;
import software.amazon.awssdk.services.s3.S3Client;

/** A lake at rest through Iceberg and S3 themselves, past everything that is ours. */
final class OpenLake implements AutoCloseable {
  private final LocalStorage storage;
  private final Pipeline pipeline;
  private final Layout layout;

  private OpenLake(LocalStorage storage, Pipeline pipeline) {
    this.storage = storage;
    this.pipeline = pipeline;
    this.layout = new Layout(storage.bucket("LakeBucket"));
  }

  static OpenLake of(Path lake, Path pipelineFolder) {
    Pipeline pipeline = PipelineFolder.read(pipelineFolder, RegistryAccess.NONE).pipeline();
    return new OpenLake(LocalStorage.open(lake, SluiceProcess.root()), pipeline);
  }

  Pipeline pipeline() {
    return pipeline;
  }

  /** The table as it is now. */
  Table table() {
    TableName name = pipeline.table();
    return new CatalogSettings(
            CatalogSettings.Kind.JDBC,
            storage.catalogUri(),
            "s3://" + layout.lakeBucket() + "/warehouse",
            Map.of(
                "s3.endpoint", storage.s3Endpoint().toString(),
                "s3.path-style-access", "true",
                "s3.access-key-id", EmbeddedCloud.ACCESS_KEY,
                "s3.secret-access-key", EmbeddedCloud.SECRET_KEY,
                "client.region", EmbeddedCloud.REGION))
        .open()
        .loadTable(TableIdentifier.of(name.namespace(), name.name()));
  }

  /** The files that main lists. */
  List<DataFile> dataFiles() {
    TableScan scan = table().newScan();
    return StreamSupport.stream(scan.planFiles().spliterator(), false)
        .peek(OpenLake::requireNoDeletes)
        .map(FileScanTask::file)
        .toList();
  }

  Snapshot main() {
    return table().currentSnapshot();
  }

  /** Where the manifest of some batch with rows is. */
  ObjectName manifestName() {
    String prefix = Layout.rawPrefix(pipeline.name());
    return s3()
        .listObjectsV2(request -> request.bucket(layout.lakeBucket()).prefix(prefix))
        .contents()
        .stream()
        .filter(object -> Layout.isManifest(object.key()))
        .map(object -> new ObjectName(layout.lakeBucket(), object.key()))
        .findFirst()
        .orElseThrow();
  }

  Manifest manifest(ObjectName name) {
    return ManifestJson.read(
        s3().getObjectAsBytes(request -> request.bucket(name.bucket()).key(name.key()))
            .asByteArray());
  }

  ObjectName verdictName(long snapshot) {
    return layout.verdict(pipeline.name(), new SnapshotId(snapshot));
  }

  void remove(ObjectName name) {
    s3().headObject(request -> request.bucket(name.bucket()).key(name.key()));
    s3().deleteObject(request -> request.bucket(name.bucket()).key(name.key()));
  }

  private S3Client s3() {
    return storage.s3();
  }

  private static void requireNoDeletes(FileScanTask task) {
    if (!task.deletes().isEmpty()) {
      throw new AssertionError("A table of appends has deletes: " + task.file().location());
    }
  }

  @Override
  public void close() {
    storage.close();
  }
}
