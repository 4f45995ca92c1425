package io.sluice.local.command;

import io.sluice.local.lake.InputFile;
import io.sluice.local.lake.PipelineFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a pipeline on files. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a pipeline on files, from landing to the published table, on the embedded cloud.",
      "The lake stays in its folder; another run on it goes on from there."
    })
public final class RunCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "PIPELINE_DIR",
      description = "The folder of pipeline.yaml and its contract.")
  private Path pipeline = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Files, or folders of files; docs/ingestion.md has formats and codecs.")
  private List<Path> inputs = new ArrayList<>();

  @Option(
      names = "--lake",
      required = true,
      paramLabel = "DIR",
      description = "The folder that keeps the lake; made when it is not there.")
  private Path lake = Path.of("");

  @Mixin private RegistryOption registry = new RegistryOption();

  @Mixin private RunOptions options = new RunOptions();

  @Override
  public Integer call() {
    PipelineFolder folder = PipelineFolder.read(pipeline, registry.access());
    List<InputFile> files = InputFile.find(inputs);
    return new RunSession(lake, folder, registry.access(), options).run(run -> run.feed(files));
  }
}
