package io.sluice.local.print;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.Verdicts;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.SnapshotId;
import io.sluice.iceberg.read.TableHistory.Entry;
import io.sluice.local.lake.LakeView;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The snapshots of a table, for people and for programs. */
public final class HistoryPrinter {
  private final LakeView lake;
  private final Pipeline pipeline;
  private final PrintStream out;

  /** Prints the history of the table of {@code pipeline} in {@code lake} to {@code out}. */
  public HistoryPrinter(LakeView lake, Pipeline pipeline, PrintStream out) {
    this.lake = lake;
    this.pipeline = pipeline;
    this.out = out;
  }

  /** Prints a table, oldest first. */
  public void print(List<Entry> entries) {
    List<String> header = new ArrayList<>(List.of("snapshot", "committed", "on", "batches"));
    header.addAll(BatchAccount.NONE.byName().keySet());
    header.add("rows");
    TextTable table = new TextTable(header, List.of(3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    for (Entry entry : entries) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  entry.id().toString(),
                  entry.committedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                  place(entry),
                  String.valueOf(entry.content().accounts().size())));
      account(entry).byName().values().forEach(count -> row.add(String.valueOf(count)));
      row.add(String.valueOf(entry.totalRows()));
      table.add(row);
      table.addNote(
          "  "
              + (entry.isOurs()
                  ? verdict(entry.id()).map(GateText::line).orElse("no verdict yet")
                  : "✗ not made by Sluice"));
      if (!entry.unknown().isEmpty()) {
        table.addNote("  beyond the contract: " + MostCounts.text(entry.unknown(), "fields"));
      }
    }
    table.lines().forEach(out::println);
  }

  /** Prints one document. */
  public void printJson(List<Entry> entries) {
    ObjectNode document = JsonDocument.object();
    document.put("pipeline", pipeline.name().value());
    document.putArray("snapshots");
    for (Entry entry : entries) {
      ObjectNode node = document.withArray("snapshots").addObject();
      node.put("snapshot", entry.id().value());
      node.put("committed_at", entry.committedAt().toString());
      node.put("on", place(entry));
      node.put("published", place(entry).equals("main"));
      node.put("made_by_sluice", entry.isOurs());
      node.put("rows", entry.totalRows());
      JsonDocument.putCounts(node.putObject("counts"), account(entry));
      node.putArray("batches");
      for (BatchId batch : entry.content().accounts().keySet()) {
        node.withArray("batches").add(batch.value());
      }
      if (!entry.unknown().isEmpty()) {
        JsonDocument.putCounts(node.putObject("unknown"), entry.unknown());
      }
      verdict(entry.id())
          .ifPresent(verdict -> JsonDocument.putVerdict(node.putObject("gate"), verdict));
    }
    JsonDocument.print(document, out);
  }

  private static String place(Entry entry) {
    return entry.place().name().toLowerCase(Locale.ROOT);
  }

  private static BatchAccount account(Entry entry) {
    return entry.content().accounts().values().stream()
        .reduce(BatchAccount.NONE, BatchAccount::plus);
  }

  private Optional<GateVerdict> verdict(SnapshotId snapshot) {
    return new Verdicts(pipeline.name(), lake.store(), lake.layout()).find(snapshot);
  }
}
