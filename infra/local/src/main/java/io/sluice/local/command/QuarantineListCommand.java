package io.sluice.local.command;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.core.batch.QuarantineStatus;
import io.sluice.local.Sluice;
import io.sluice.local.print.QuarantinePrinter;
import io.sluice.local.quarantine.Column;
import io.sluice.local.quarantine.Groups;
import io.sluice.local.quarantine.Selection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Counts rejected records by what they have in common. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Counts rejected records by their errors, with an example of each.")
public final class QuarantineListCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "PIPELINE", description = "The name of the pipeline.")
  private String name = "";

  @Mixin private LakeOption lake = new LakeOption();

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Option(
      names = "--status",
      split = ",",
      paramLabel = "STATUS",
      description = "Only open, still_bad, replayed or discarded ones; several with commas.")
  private List<String> statuses = new ArrayList<>();

  @Option(
      names = "--by",
      split = ",",
      defaultValue = "code,path",
      paramLabel = "COLUMN",
      description = "code, path, class, status, batch, source (${DEFAULT-VALUE}).")
  private List<String> columns = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    List<Column> by =
        columns.stream()
            .map(word -> Choice.of("column", word, Column.values(), Column::word))
            .toList();
    Set<QuarantineStatus> standing = EnumSet.noneOf(QuarantineStatus.class);
    for (String word : statuses) {
      standing.add(Choice.of("status", word, QuarantineStatus.values(), QuarantineStatus::word));
    }
    return lake.open(
        view -> {
          Pipeline pipeline = view.pipeline(name);
          Selection chosen = selection.among(standing);
          Groups groups = new Groups(by);
          view.quarantine(pipeline)
              .ifPresent(
                  reader ->
                      reader.forEach(
                          entry -> {
                            if (chosen.covers(entry)) {
                              groups.add(entry);
                            }
                          }));
          int withheld =
              view.table(pipeline)
                  .map(table -> table.history().withheld().waiting().size())
                  .orElse(0);
          QuarantinePrinter printer = new QuarantinePrinter(pipeline.name(), System.out);
          if (json) {
            printer.printJson(groups, withheld);
          } else {
            printer.print(groups, withheld);
          }
          return Sluice.DONE;
        });
  }
}
