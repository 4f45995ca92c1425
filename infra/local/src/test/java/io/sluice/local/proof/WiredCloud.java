package io.sluice.local.proof;

import io.sluice.aws.client.AwsEndpoints;
import io.sluice.aws.table.TableFileClients;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.core.batch.Layout;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.TableName;
import io.sluice.iceberg.audit.AuditReport;
import io.sluice.iceberg.catalog.CatalogSettings;
import io.sluice.iceberg.read.TableReader;
import io.sluice.local.cloud.CloudSettings;
import io.sluice.local.cloud.EmbeddedCloud;
import io.sluice.local.cloud.event.CloudEvent;
import io.sluice.local.cloud.event.FunctionStatus;
import io.sluice.local.lake.LakeView;
import io.sluice.local.run.PipelineRun;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import software.amazon.awssdk.core.sync.RequestBody;

/** An embedded cloud whose functions reach S3 and SQS by wires that are watched. */
final class WiredCloud implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final List<Wire> wires = new ArrayList<>();
  private final Path lake;
  private final EmbeddedCloud cloud;
  private final LakeView view;

  private WiredCloud(
      Path folder, WiredTemplate template, Wire.Watch watch, Consumer<CloudEvent> listener)
      throws IOException {
    lake = folder.resolve("lake");
    List<Wire> toObjects = new ArrayList<>();
    List<Wire> toQueues = new ArrayList<>();
    Path root =
        template.write(
            Files.createDirectories(folder.resolve("root")),
            function -> add(toObjects, function, watch),
            function -> add(toQueues, function, watch));
    cloud =
        EmbeddedCloud.start(
            new CloudSettings(lake, root, catalogDriver(), RegistryAccess.NONE, 0, 0), listener);
    toObjects.forEach(wire -> wire.lead(cloud.s3Endpoint()));
    toQueues.forEach(wire -> wire.lead(cloud.sqsEndpoint()));
    view = PipelineRun.view(cloud);
  }

  /** Starts it in {@code folder}. */
  static WiredCloud start(
      Path folder, WiredTemplate template, Wire.Watch watch, Consumer<CloudEvent> listener)
      throws IOException {
    return new WiredCloud(folder, template, watch, listener);
  }

  /** Where the object at {@code path} of S3 is kept. */
  Path file(String path) {
    return lake.resolve("objects" + path);
  }

  EmbeddedCloud cloud() {
    return cloud;
  }

  LakeView view() {
    return view;
  }

  /** Declares {@code pipeline}, in the place of what was declared before. */
  void declare(String pipeline, Map<String, String> files) {
    PipelineName name = new PipelineName(pipeline);
    files.forEach(
        (file, content) ->
            put(view.layout().declaration(name, file), content.getBytes(StandardCharsets.UTF_8)));
  }

  /** Puts a file into landing. */
  void feed(String pipeline, String name, byte[] content) {
    String key = Layout.landingPrefix(new PipelineName(pipeline)) + name;
    put(new ObjectName(view.landingBucket(), key), content);
  }

  void awaitQuiet() {
    cloud.awaitQuiet(PATIENCE);
  }

  /** The rows at {@code reference}, in the order of the alphabet. */
  List<String> rows(String pipeline, String reference) throws IOException {
    TableReader reader = reader(pipeline);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    reader.write(reader.resolve(reference).orElseThrow(), TableReader.RowFormat.NDJSON, out);
    return out.toString(StandardCharsets.UTF_8).lines().sorted().toList();
  }

  AuditReport verify(String pipeline) {
    return reader(pipeline).audit(view.store(), view.layout());
  }

  TableReader reader(String pipeline) {
    Pipeline declared = view.pipeline(pipeline);
    return view.table(declared).orElseThrow();
  }

  /** The table as Iceberg knows it. */
  Table table(TableName name) {
    AwsEndpoints endpoints =
        new AwsEndpoints(
            cloud.s3Endpoint(),
            cloud.sqsEndpoint(),
            EmbeddedCloud.REGION,
            EmbeddedCloud.ACCESS_KEY,
            EmbeddedCloud.SECRET_KEY);
    return new CatalogSettings(
            CatalogSettings.Kind.JDBC,
            cloud.catalogUri(),
            "s3://" + view.layout().lakeBucket() + "/warehouse",
            TableFileClients.properties(endpoints))
        .open()
        .loadTable(TableIdentifier.of(name.namespace(), name.name()));
  }

  /** Ends the process of {@code function}, as the kernel does. */
  void kill(String function) {
    cloud.functions().stream()
        .filter(each -> each.name().equals(function))
        .map(FunctionStatus::processes)
        .flatMap(List::stream)
        .flatMap(process -> ProcessHandle.of(process).stream())
        .forEach(
            process -> {
              process.destroyForcibly();
              process.onExit().join();
            });
  }

  @Override
  public void close() {
    view.close();
    cloud.close();
    wires.forEach(Wire::close);
  }

  private String add(List<Wire> some, String function, Wire.Watch watch) {
    try {
      Wire wire = new Wire(function, watch);
      some.add(wire);
      wires.add(wire);
      return wire.endpoint().toString();
    } catch (IOException e) {
      throw new AssertionError("Cannot lay a wire", e);
    }
  }

  private void put(ObjectName name, byte[] content) {
    cloud
        .s3()
        .putObject(
            request -> request.bucket(name.bucket()).key(name.key()),
            RequestBody.fromBytes(content));
  }

  private static List<Path> catalogDriver() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(jar -> jar.getFileName().toString().startsWith("sqlite-jdbc"))
        .toList();
  }
}
