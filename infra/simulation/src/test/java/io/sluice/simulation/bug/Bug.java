package io.sluice.simulation.bug;

import io.sluice.simulation.stage.Wiring;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A planted bug.
 *
 * @param what goes wrong, in one sentence
 * @param seed the first world that finds it
 * @param wiring makes a system with it
 */
public record Bug(String what, long seed, Supplier<Wiring> wiring) {
  /** Those that some world in a hundred finds, or more of them. */
  public static List<Bug> all() {
    return Stream.of(ofLand(), ofCurate(), ofGate(), ofTelling()).flatMap(List::stream).toList();
  }

  /** Those that want more worlds than a test has time for. */
  public static List<Bug> rare() {
    return List.of(
        new Bug(
            "Main is moved although somebody sets it back meanwhile.",
            757,
            GateBugs.PublishedAnyhow::new),
        new Bug("A gate that throws passes.", 158, GateBugs.ThrowingPasses::new),
        new Bug(
            "A table of batches that cannot be changed is left as it is.",
            132,
            TellingBugs.IndexingSwallowed::new));
  }

  private static List<Bug> ofLand() {
    return List.of(
        new Bug("A message is acknowledged although it failed.", 7, LandBugs.Swallowed::new),
        new Bug(
            "A stream that breaks off is taken for one that ends.", 12, LandBugs.BrokenIsEnd::new),
        new Bug(
            "The manifest is there before the files that it names.",
            1,
            LandBugs.ManifestFirst::new),
        new Bug(
            "Who finds his batch landed says nothing to curate.", 1, LandBugs.SilentOnLanded::new),
        new Bug("Gates on batches hold nothing back.", 14, LandBugs.BatchGatesSkipped::new));
  }

  private static List<Bug> ofCurate() {
    return List.of(
        new Bug(
            "A commit may land on a head that the dedupe never saw.",
            5,
            IcebergBugs.Unguarded::new),
        new Bug(
            "A commit of which nobody knows is cleaned up after.", 24, IcebergBugs.CleanedUp::new),
        new Bug("Records are deduplicated against main.", 1, IcebergBugs.AgainstMain::new),
        new Bug(
            "Whether a batch is committed is looked up in audit's head alone.",
            1,
            CurateBugs.CurrentOnly::new),
        new Bug("A batch is marked as done before it is.", 5, CurateBugs.MarkedFirst::new),
        new Bug(
            "Which record is later is decided by when it arrived.", 3, CurateBugs.ByArrival::new),
        new Bug("A batch above its reject budget goes on.", 11, CurateBugs.HeldGoesOn::new),
        new Bug("Rejected records are not kept.", 2, CurateBugs.RejectedDropped::new),
        new Bug("What a replay came to is not noted.", 5, CurateBugs.ReplayUnsettled::new),
        new Bug(
            "Who finds his batch committed says nothing to gate.",
            16,
            CurateBugs.SilentOnCommitted::new),
        new Bug(
            "A quarantined batch comes back when it is announced again.",
            8,
            CurateBugs.WithheldForgotten::new));
  }

  private static List<Bug> ofGate() {
    return List.of(
        new Bug("What is published is the head of audit.", 1, GateBugs.HeadPublished::new),
        new Bug(
            "What is usual is learned from snapshots that failed.",
            11,
            GateBugs.EverythingUsual::new),
        new Bug(
            "Batches after a quarantined one are not curated again.",
            12,
            GateBugs.ReplayForgotten::new),
        new Bug("A quarantined snapshot stays on audit.", 8, GateBugs.LeftOnAudit::new),
        new Bug("A snapshot is judged, those before it are not.", 3, GateBugs.OlderSkipped::new),
        new Bug("What a stranger did to main is not noticed.", 12, GateBugs.StrangerIgnored::new),
        new Bug("Main is moved although somebody set it back.", 10, GateBugs.RevertUndone::new),
        new Bug("What cannot be measured passes.", 7, GateBugs.FailOpen::new),
        new Bug("Who accepts one gate accepts all.", 3, GateBugs.AcceptsAll::new),
        new Bug("Discarded batches are released.", 8, GateBugs.DiscardReleases::new));
  }

  private static List<Bug> ofTelling() {
    return List.of(
        new Bug(
            "What listeners are told is noted before it is told.", 26, TellingBugs.NotedFirst::new),
        new Bug(
            "Listeners are told of the latest snapshot alone.", 3, TellingBugs.LatestAlone::new),
        new Bug(
            "The table of batches misses what became of snapshots.",
            6,
            TellingBugs.SnapshotsNotIndexed::new),
        new Bug(
            "The table of batches misses those that are held.",
            53,
            TellingBugs.HeldNotIndexed::new));
  }

  @Override
  public String toString() {
    return what;
  }
}
