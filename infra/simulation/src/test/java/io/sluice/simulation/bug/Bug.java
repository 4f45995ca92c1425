package io.sluice.simulation.bug;

import io.sluice.simulation.stage.Wiring;
import java.util.List;
import java.util.function.Supplier;

/**
 * A planted bug.
 *
 * @param what goes wrong, in one sentence
 * @param seed the first world that finds it
 * @param wiring makes a system with it
 */
public record Bug(String what, long seed, Supplier<Wiring> wiring) {
  /** Those that a world among the first hundred finds. */
  public static List<Bug> all() {
    return List.of(
        new Bug(
            "A commit may land on a head that the dedupe never saw.",
            52,
            IcebergBugs.Unguarded::new),
        new Bug(
            "A commit of which nobody knows is cleaned up after.", 24, IcebergBugs.CleanedUp::new),
        new Bug("Records are deduplicated against main.", 7, IcebergBugs.AgainstMain::new),
        new Bug(
            "Whether a batch is committed is looked up in audit's head alone.",
            4,
            CurateBugs.CurrentOnly::new),
        new Bug("A batch is marked as done before it is.", 2, CurateBugs.MarkedFirst::new),
        new Bug(
            "Which record is later is decided by when it arrived.", 8, CurateBugs.ByArrival::new),
        new Bug("A batch above its reject budget goes on.", 11, CurateBugs.HeldGoesOn::new),
        new Bug("Rejected records are not kept.", 2, CurateBugs.RejectedDropped::new),
        new Bug("What a replay came to is not noted.", 2, CurateBugs.ReplayUnsettled::new),
        new Bug("A message is acknowledged although it failed.", 7, LandBugs.Swallowed::new),
        new Bug(
            "A stream that breaks off is taken for one that ends.", 33, LandBugs.BrokenIsEnd::new),
        new Bug("What is published is the head of audit.", 7, GateBugs.HeadPublished::new),
        new Bug(
            "What is usual is learned from snapshots that failed.",
            43,
            GateBugs.EverythingUsual::new),
        new Bug(
            "Batches after a quarantined one are not curated again.",
            4,
            GateBugs.ReplayForgotten::new),
        new Bug("A quarantined snapshot stays on audit.", 8, GateBugs.LeftOnAudit::new),
        new Bug("A snapshot is judged, those before it are not.", 7, GateBugs.OlderSkipped::new),
        new Bug("What a stranger did to main is not noticed.", 2, GateBugs.StrangerIgnored::new),
        new Bug("Main is moved although somebody set it back.", 4, GateBugs.RevertUndone::new));
  }

  /** Those that want more worlds, for {@code BugSearch}. */
  public static List<Bug> rare() {
    return List.of(
        new Bug(
            "Who finds his batch committed says nothing to gate.",
            1,
            CurateBugs.SilentOnCommitted::new),
        new Bug(
            "A quarantined batch comes back when it is announced again.",
            1,
            CurateBugs.WithheldForgotten::new),
        new Bug(
            "The manifest is there before the files that it names.",
            1,
            LandBugs.ManifestFirst::new),
        new Bug(
            "Who finds his batch landed says nothing to curate.", 1, LandBugs.SilentOnLanded::new),
        new Bug("What cannot be measured passes.", 1, GateBugs.FailOpen::new),
        new Bug("Who accepts one gate accepts all.", 1, GateBugs.AcceptsAll::new),
        new Bug("Discarded batches are released.", 1, GateBugs.DiscardReleases::new));
  }

  @Override
  public String toString() {
    return what;
  }
}
