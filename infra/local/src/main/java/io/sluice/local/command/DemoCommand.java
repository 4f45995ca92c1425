package io.sluice.local.command;

import io.sluice.contracts.registry.RegistryAccess;
import io.sluice.local.demo.DemoData;
import io.sluice.local.lake.InputFile;
import io.sluice.local.lake.PipelineFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job on real data that ships with the project. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a week of real earthquakes through the pipeline, from landing to the published table,",
      "with a file delivered twice, an overlapping file and a file of broken records among them."
    })
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--lake",
      paramLabel = "DIR",
      description =
          "Where to keep the lake. By default a folder under target/, made anew each time.")
  private List<Path> lake = List.of();

  @Mixin private RunOptions options = new RunOptions();

  @Override
  public Integer call() throws Exception {
    Path work = Installation.root().resolve("target").resolve("demo");
    DemoData data =
        DemoData.prepare(work, lake.isEmpty() ? DemoData.Lake.FRESH : DemoData.Lake.KEPT);
    PipelineFolder folder = PipelineFolder.read(data.pipeline(), RegistryAccess.NONE);
    List<InputFile> files = InputFile.find(data.inputs());
    Path target = lake.isEmpty() ? work.resolve("lake") : lake.getFirst();
    return new RunSession(target, folder, RegistryAccess.NONE, options)
        .run(
            run -> {
              run.feed(files);
              files.stream()
                  .filter(file -> file.path().equals(data.deliveredTwice()))
                  .forEach(run::announceAgain);
            });
  }
}
