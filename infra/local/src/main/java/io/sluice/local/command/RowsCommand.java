package io.sluice.local.command;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.read.TableReader;
import io.sluice.iceberg.read.TableReader.RowFormat;
import io.sluice.local.Sluice;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the rows of a table. */
@Command(
    name = "rows",
    mixinStandardHelpOptions = true,
    description = "Prints the rows of a pipeline's table.")
public final class RowsCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The name of the pipeline.")
  private String name = "";

  @Mixin private LakeOption lake = new LakeOption();

  @Option(
      names = "--ref",
      paramLabel = "REF",
      defaultValue = "main",
      description = "main, audit, a tag or a snapshot id (${DEFAULT-VALUE}).")
  private String reference = "main";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "ndjson",
      description = "ndjson or csv (${DEFAULT-VALUE}).")
  private String format = "ndjson";

  @Override
  public Integer call() throws Exception {
    RowFormat form =
        Choice.of(
            "format", format, RowFormat.values(), each -> each.name().toLowerCase(Locale.ROOT));
    return lake.open(
        view -> {
          Pipeline pipeline = view.pipeline(name);
          Optional<TableReader> table = view.table(pipeline);
          Optional<SnapshotId> snapshot = table.flatMap(reader -> reader.resolve(reference));
          if (snapshot.isPresent()) {
            OutputStream out = new BufferedOutputStream(System.out, 1 << 16);
            table.get().write(snapshot.get(), form, out);
          }
          return Sluice.DONE;
        });
  }
}
