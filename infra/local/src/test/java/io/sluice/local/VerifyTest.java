package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.core.batch.BatchAccount;
import io.sluice.core.batch.Manifest;
import io.sluice.core.id.ObjectName;
import io.sluice.iceberg.branch.Branches;
import io.sluice.iceberg.branch.Summaries;
import io.sluice.local.SluiceProcess.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each test plants one fault in a copy of a finished lake. */
@ExtendWith(FinishedLake.Provider.class)
class VerifyTest {
  @TempDir private Path folder;

  @Test
  void findsNothingInALakeThatIsAsItShouldBe(FinishedLake finished) throws Exception {
    // When
    Outcome verified = SluiceProcess.run("verify", EventsFeed.NAME, "--lake", finished.lake());

    // Then
    assertThat(verified.status()).as(verified.out()).isEqualTo(Sluice.DONE);
    assertThat(verified.err()).isEmpty();
    assertThat(verified.out())
        .contains(finished.feed().inputs().size() + " batches")
        .contains(finished.feed().rows().size() + " rows")
        .contains("every record is accounted for");
  }

  @Test
  void namesARawFileThatIsGone(FinishedLake finished) throws Exception {
    // Given
    Path lake = finished.copyTo(folder.resolve("lake"));
    ObjectName removed;
    try (OpenLake open = OpenLake.of(lake, finished.feed().pipeline())) {
      removed = open.manifest(open.manifestName()).raw().getFirst().name();
      open.remove(removed);
    }

    // When / Then
    assertThat(findings(lake)).containsExactly(tuple("raw-file-missing", removed.toString()));
  }

  @Test
  void namesAManifestThatIsGone(FinishedLake finished) throws Exception {
    // Given
    Path lake = finished.copyTo(folder.resolve("lake"));
    Manifest removed;
    try (OpenLake open = OpenLake.of(lake, finished.feed().pipeline())) {
      ObjectName name = open.manifestName();
      removed = open.manifest(name);
      open.remove(name);
    }

    // When / Then
    assertThat(findings(lake))
        .containsExactly(tuple("manifest-missing", removed.batch().toString()));
  }

  @Test
  void namesADataFileThatIsGone(FinishedLake finished) throws Exception {
    // Given
    Path lake = finished.copyTo(folder.resolve("lake"));
    String removed;
    try (OpenLake open = OpenLake.of(lake, finished.feed().pipeline())) {
      removed = open.dataFiles().getFirst().location();
      open.remove(ObjectName.parse(removed));
    }

    // When
    JsonNode report = report(lake);

    // Then
    assertThat(report.get("findings"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.get("code").asText()).isEqualTo("data-file-missing");
              assertThat(finding.toString()).contains(removed);
            });
  }

  @Test
  void namesAVerdictThatIsGone(FinishedLake finished) throws Exception {
    // Given
    Path lake = finished.copyTo(folder.resolve("lake"));
    long published;
    try (OpenLake open = OpenLake.of(lake, finished.feed().pipeline())) {
      published = open.main().snapshotId();
      open.remove(open.verdictName(published));
    }

    // When / Then
    assertThat(findings(lake))
        .containsExactly(tuple("published-unaudited", Long.toString(published)));
  }

  @Test
  void namesARowThatWasAddedToAuditBehindItsBack(FinishedLake finished) throws Exception {
    // Given
    Path lake = finished.copyTo(folder.resolve("lake"));
    long added;
    try (OpenLake open = OpenLake.of(lake, finished.feed().pipeline())) {
      DataFile row = StrangeRow.write(open);
      open.table().newAppend().toBranch(Branches.AUDIT).appendFile(row).commit();
      added = open.table().snapshot(Branches.AUDIT).snapshotId();
    }

    // When / Then
    assertThat(findings(lake))
        .containsExactlyInAnyOrder(
            tuple("stranger-snapshot", Long.toString(added)),
            tuple("rows-of-batch", StrangeRow.BATCH));
  }

  @Test
  void namesARowThatWasAddedToMainBehindItsBack(FinishedLake finished) throws Exception {
    // Given
    Path lake = finished.copyTo(folder.resolve("lake"));
    long added;
    try (OpenLake open = OpenLake.of(lake, finished.feed().pipeline())) {
      open.table().newAppend().appendFile(StrangeRow.write(open)).commit();
      added = open.main().snapshotId();
    }

    // When / Then
    assertThat(findings(lake))
        .containsExactlyInAnyOrder(
            tuple("main-past-audit", Long.toString(added)),
            tuple("stranger-snapshot", Long.toString(added)),
            tuple("rows-of-batch", StrangeRow.BATCH));
  }

  @Test
  void namesARowThatWasAddedUnderTheNameOfSluice(FinishedLake finished) throws Exception {
    // Given
    Path lake = finished.copyTo(folder.resolve("lake"));
    long added;
    try (OpenLake open = OpenLake.of(lake, finished.feed().pipeline())) {
      Table table = open.table();
      table
          .newAppend()
          .toBranch(Branches.AUDIT)
          .appendFile(StrangeRow.write(open))
          .set("sluice.code", "0.1.0")
          .set("sluice.batch." + StrangeRow.BATCH, BatchAccount.NONE.toText())
          .commit();
      added = table.snapshot(Branches.AUDIT).snapshotId();
    }

    // When / Then
    assertThat(findings(lake))
        .containsExactlyInAnyOrder(
            tuple("rows-not-accounted", Long.toString(added)),
            tuple("manifest-missing", StrangeRow.BATCH),
            tuple("rows-of-batch", StrangeRow.BATCH));
  }

  @Test
  void namesASnapshotThatMainHasAndAuditHasNot(FinishedLake finished) throws Exception {
    // Given
    Path lake = finished.copyTo(folder.resolve("lake"));
    Snapshot main;
    try (OpenLake open = OpenLake.of(lake, finished.feed().pipeline())) {
      main = open.main();
      long before = main.parentId();
      open.table().manageSnapshots().replaceBranch(Branches.AUDIT, before).commit();
    }

    // When / Then
    assertThat(findings(lake)).contains(tuple("main-past-audit", Long.toString(main.snapshotId())));
  }

  @Test
  void namesASnapshotThatWasPublishedUnjudged(FinishedLake finished) throws Exception {
    // Given
    Path lake = finished.copyTo(folder.resolve("lake"));
    long unjudged;
    try (OpenLake open = OpenLake.of(lake, finished.feed().pipeline())) {
      Table table = open.table();
      table.newAppend().toBranch(Branches.AUDIT).set("sluice.code", "0.1.0").commit();
      unjudged = table.snapshot(Branches.AUDIT).snapshotId();
      table.manageSnapshots().fastForwardBranch(Branches.MAIN, Branches.AUDIT).commit();
    }

    // When / Then
    assertThat(findings(lake))
        .containsExactlyInAnyOrder(
            tuple("published-unaudited", Long.toString(unjudged)),
            tuple("tag-missing", Long.toString(unjudged)));
  }

  @Test
  void namesATagThatIsGone(FinishedLake finished) throws Exception {
    // Given
    Path lake = finished.copyTo(folder.resolve("lake"));
    long published;
    try (OpenLake open = OpenLake.of(lake, finished.feed().pipeline())) {
      published = open.main().snapshotId();
      assertThat(Summaries.isOurs(open.main())).isTrue();
      open.table().manageSnapshots().removeTag(Branches.TAG + published).commit();
    }

    // When / Then
    assertThat(findings(lake)).containsExactly(tuple("tag-missing", Long.toString(published)));
  }

  private static List<Tuple> findings(Path lake) throws Exception {
    return StreamSupport.stream(report(lake).get("findings").spliterator(), false)
        .map(finding -> tuple(finding.get("code").asText(), finding.get("subject").asText()))
        .toList();
  }

  private static JsonNode report(Path lake) throws Exception {
    Outcome verified = SluiceProcess.run("verify", EventsFeed.NAME, "--lake", lake, "--json");
    assertThat(verified.status()).as(verified.err()).isEqualTo(Sluice.REFUSED);
    assertThat(verified.json().get("clean").asBoolean()).isFalse();
    return verified.json();
  }
}
