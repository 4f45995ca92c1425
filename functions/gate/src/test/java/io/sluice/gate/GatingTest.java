package io.sluice.gate;

import static io.sluice.iceberg.lake.Orders.order;
import static io.sluice.iceberg.lake.Orders.orderWithoutAmount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.wire.Manifests;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.SnapshotPublished;
import io.sluice.core.batch.StoredFile;
import io.sluice.core.failure.Failure;
import io.sluice.core.gate.GateOutcome;
import io.sluice.core.gate.GateResult;
import io.sluice.core.gate.GateVerdict;
import io.sluice.core.gate.Measurement;
import io.sluice.core.id.SnapshotId;
import io.sluice.core.verdict.Gated;
import io.sluice.iceberg.audit.AuditReport;
import io.sluice.iceberg.table.IcebergTable;
import io.sluice.testkit.crash.Crashes;
import io.sluice.testkit.crash.Crashes.Moment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatingTest {
  private static final String NO_NULLS =
      "{ metric: null_rate_amount, threshold: 0.5, action: quarantine }";
  private static final String STEADY =
      "{ metric: row_count_delta, threshold: 0.5, action: halt_and_alert }";
  private static final int BAD = 2;

  @Test
  void publishesWhatPassesAndKeepsTheVerdict() {
    // Given
    GateLake lake = new GateLake(NO_NULLS);
    SnapshotId snapshot = lake.addOrder();

    // When
    Gated verdict = lake.gate(snapshot);

    // Then
    GateVerdict kept = ((Gated.Published) verdict).verdicts().getFirst();
    assertThat(kept.results()).extracting(GateResult::passed).containsExactly(true, true);
    assertThat(kept.judgedAt()).isEqualTo(lake.lake().now());
    assertThat(lake.main()).containsExactly(order("0", 1));
    assertThat(lake.lake().audit(lake.pipeline()).findings()).isEmpty();
    assertThat(lake.lake().audit(lake.pipeline()).pending()).isEmpty();
  }

  @Test
  void leavesToLandWhatIsHeldAgainstBatches() {
    // Given
    GateLake lake =
        new GateLake("{ metric: row_count, max: 0, layer: raw, action: quarantine }", NO_NULLS);

    // When
    Gated verdict = lake.gate(lake.addOrder());

    // Then
    assertThat(((Gated.Published) verdict).verdicts().getFirst().results())
        .extracting(result -> result.terms().name())
        .containsExactly("conservation", "null_rate_amount");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void publishesTheSameInWhateverOrderMessagesCome(long seed) {
    // Given
    GateLake lake = new GateLake();
    List<SnapshotId> messages = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      messages.add(lake.addOrder());
    }
    messages.addAll(List.copyOf(messages));
    Collections.shuffle(messages, new Random(seed));

    // When
    messages.forEach(message -> assertThat(lake.gate(message)).isInstanceOf(Gated.Published.class));

    // Then
    assertThat(lake.main()).hasSize(5);
    assertThat(lake.lake().audit(lake.pipeline()).findings()).isEmpty();
  }

  @Test
  void publishesNothingBeyondTheSnapshotItWasAskedFor() {
    // Given
    GateLake lake = new GateLake();
    lake.addOrder();
    lake.addOrder();

    // When
    lake.gate(lake.snapshot(0));

    // Then
    assertThat(lake.main()).containsExactly(order("0", 1));
  }

  @Test
  void staysHaltedOnRedeliveryAndHoldsLaterSnapshotsBack() {
    // Given
    GateLake lake = new GateLake(STEADY);
    lake.gate(lake.addOrder());
    SnapshotId halted = lake.add(order("x", 1), order("y", 1), order("z", 1));
    SnapshotId later = lake.addOrder();

    // Then
    for (SnapshotId message : List.of(halted, later, halted, later)) {
      Gated verdict = lake.gate(message);
      assertThat(verdict).isInstanceOf(Gated.Halted.class);
      assertThat(((Gated.Halted) verdict).verdict().snapshot()).isEqualTo(halted);
    }
    assertThat(lake.main()).containsExactly(order("0", 1));
    assertThat(lake.lake().rows(lake.pipeline(), "audit")).hasSize(5);
    assertThat(lake.lake().audit(lake.pipeline()).pending()).hasSize(2);
  }

  @Test
  void keepsTheFirstVerdictWhenTheRulesChange() {
    // Given
    GateLake lake = new GateLake(STEADY);
    lake.gate(lake.addOrder());
    SnapshotId halted = lake.add(order("x", 1), order("y", 1), order("z", 1));
    lake.gate(halted);
    IcebergTable table = lake.table();
    VerdictLog log =
        new VerdictLog(
            lake.pipeline().name(),
            lake.lake().store(),
            lake.lake().layout(),
            lake.lake()::now,
            "new");
    Manifests manifests = new Manifests(lake.lake().store());
    Gating lenient =
        new Gating(
            table,
            new Rules(List.of(), () -> "", table, manifests::find, log),
            log,
            lake.curate(),
            ignored -> {});

    // Then
    assertThat(lenient.gate(halted)).isInstanceOf(Gated.Halted.class);
  }

  @Test
  void takesABadSnapshotOffAuditAndPublishesAllOthersWithoutIt() {
    // Given
    GateLake lake = fiveWithABadOne();

    // When
    for (int message = 0; message < 5; message++) {
      lake.gate(lake.snapshot(message));
    }
    lake.settle();

    // Then
    assertThatOnlyTheBadBatchIsMissing(lake);
  }

  @Test
  void changesNothingWhenEveryMessageComesAgain() {
    // Given
    GateLake lake = fiveWithABadOne();
    lake.gate(lake.snapshot(4));
    List<BatchLanded> replays = lake.curate().announced();
    lake.settle();
    List<String> before = lake.lake().rows(lake.pipeline(), "main");
    SnapshotId head = lake.lake().reader(lake.pipeline()).resolve("main").orElseThrow();

    // When
    for (int message = 0; message < 5; message++) {
      lake.gate(lake.snapshot(message));
      replays.forEach(lake.curate()::announce);
      lake.settle();
    }

    // Then
    assertThat(lake.main()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(lake.lake().reader(lake.pipeline()).resolve("main")).hasValue(head);
    assertThatOnlyTheBadBatchIsMissing(lake);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void endsTheSameInWhateverOrderMessagesOfAQuarantineCome(long seed) {
    // Given
    GateLake lake = fiveWithABadOne();
    List<Integer> messages = new ArrayList<>(List.of(0, 1, 2, 3, 4, 0, 1, 2, 3, 4));
    Collections.shuffle(messages, new Random(seed));

    // When
    for (int message : messages) {
      lake.gate(lake.snapshot(message));
      lake.settle();
    }

    // Then
    assertThatOnlyTheBadBatchIsMissing(lake);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void endsTheSameAfterACrashBetweenAnyTwoSteps(Moment moment) {
    // Given
    GateLake undisturbed = fiveWithABadOne();
    Crashes counted = new Crashes(-1, moment);
    undisturbed.gating(counted).gate(undisturbed.snapshot(4));

    for (int call = 0; call < counted.calls().size(); call++) {
      // When
      GateLake lake = fiveWithABadOne();
      Gating dying = lake.gating(new Crashes(call, moment));
      assertThatThrownBy(() -> dying.gate(lake.snapshot(4))).isInstanceOf(Failure.class);
      lake.gate(lake.snapshot(4));
      lake.settle();

      // Then
      assertThatOnlyTheBadBatchIsMissing(lake);
    }
  }

  @Test
  void haltsWhenAnAccountIsNotThatOfItsManifest() {
    // Given
    GateLake lake = new GateLake();
    SnapshotId snapshot = lake.add(order("a", 1), "nonsense");
    Manifest landed = lake.batch(0).manifest();
    lake.lake().keep(withCounts(landed, new LandCounts(3, 1, 2)));

    // When
    Gated verdict = lake.gate(snapshot);

    // Then
    assertThat(((Gated.Halted) verdict).verdict().results().getFirst().measurement())
        .isEqualTo(new Measurement.Known(1, "1 records without exactly one fate"));
    assertThat(lake.main()).isEmpty();
  }

  @Test
  void haltsWhenRowsCameOfWhichNoAccountKnows() {
    // Given
    GateLake lake = new GateLake();
    SnapshotId first = lake.addOrder();
    lake.gate(first);
    Table foreign = lake.lake().foreign(lake.pipeline());
    SnapshotChanges changes =
        SnapshotChanges.builderFor(foreign).snapshot(foreign.snapshot(first.value())).build();
    DataFile file = changes.addedDataFiles().iterator().next();
    foreign.newAppend().toBranch("audit").appendFile(file).commit();

    // Then
    assertThat(lake.gate(lake.addOrder())).isInstanceOf(Gated.Halted.class);
    assertThat(lake.main()).containsExactly(order("0", 1));
  }

  @Test
  void haltsWhenAManifestIsGone() {
    // Given
    GateLake lake = new GateLake();
    SnapshotId snapshot = lake.addOrder();
    lake.lake().store().remove(lake.batch(0).manifestName());

    // When
    Gated verdict = lake.gate(snapshot);

    // Then
    assertThat(((Gated.Halted) verdict).verdict().results().getFirst().measurement())
        .isEqualTo(new Measurement.Unknown("batch " + lake.batch(0).id() + " has no manifest"));
    assertThat(lake.main()).isEmpty();
  }

  @Test
  void doesNotPassWhatCannotBeMeasured() {
    // Given
    GateLake lake =
        new GateLake(
            "{ metric: referential, fields: [id], max: 1, action: quarantine,"
                + " references: { pipeline: others, fields: [id] } }");

    // When
    Gated verdict = lake.gate(lake.addOrder());

    // Then
    GateVerdict kept = ((Gated.Quarantined) verdict).verdict();
    assertThat(kept.outcome()).isEqualTo(GateOutcome.QUARANTINED);
    assertThat(kept.results().get(1).measurement()).isInstanceOf(Measurement.Unknown.class);
    assertThat(lake.main()).isEmpty();
  }

  @Test
  void announcesNothingOfASnapshotThatWasNeverThere() {
    // Given
    GateLake lake = new GateLake();
    lake.addOrder();

    // Then
    assertThat(lake.gate(new SnapshotId(1))).isEqualTo(new Gated.Withdrawn(new SnapshotId(1)));
    assertThat(lake.curate().announced()).isEmpty();
    assertThat(lake.main()).isEmpty();
  }

  private static GateLake fiveWithABadOne() {
    GateLake lake = new GateLake(NO_NULLS);
    for (int number = 0; number < 5; number++) {
      if (number == BAD) {
        lake.add(orderWithoutAmount("bad"), orderWithoutAmount("3"));
      } else {
        lake.addOrder();
      }
    }
    return lake;
  }

  private static void assertThatOnlyTheBadBatchIsMissing(GateLake lake) {
    assertThat(lake.main())
        .containsExactlyInAnyOrder(order("0", 1), order("1", 1), order("3", 1), order("4", 1));
    AuditReport report = lake.lake().audit(lake.pipeline());
    assertThat(report.findings()).isEmpty();
    assertThat(report.pending()).containsExactly(lake.batch(BAD).id().value());
    assertThat(lake.table().head().isWithheld(lake.batch(BAD).id())).isTrue();
    assertThat(lake.published().announced())
        .extracting(SnapshotPublished::snapshot)
        .containsAll(lake.mainSnapshots());
    assertThat(lake.lake().batchRows(lake.pipeline()))
        .extracting(row -> row.get("status"))
        .containsExactly("published", "published", "quarantined", "published", "published");
  }

  private static Manifest withCounts(Manifest manifest, LandCounts counts) {
    return new Manifest(
        manifest.batch(),
        manifest.pipeline(),
        manifest.source(),
        manifest.sourceBytes(),
        manifest.sourceModified(),
        manifest.landedAt(),
        manifest.contract(),
        manifest.code(),
        manifest.status(),
        counts,
        manifest.errors(),
        manifest.unknown(),
        manifest.raw(),
        List.of(new StoredFile(manifest.quarantine().getFirst().name(), counts.rejected(), 1)));
  }
}
