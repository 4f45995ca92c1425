package io.sluice.land;

import static io.sluice.land.LandingLake.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.ErrorClass;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Manifest;
import io.sluice.core.failure.ConfigurationFailure;
import io.sluice.core.failure.Failure;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.verdict.Landed;
import io.sluice.formats.quarantine.QuarantinedRecord;
import io.sluice.testkit.crash.Crashes;
import io.sluice.testkit.crash.Crashes.Moment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LandingTest {
  private static final String ORDER_OF_AN_AMOUNT =
      "{\"id\":\"x\",\"at\":1767225600000,\"amount\":1.5}";
  private static final String KEY = "landing/orders/day.ndjson";

  private final LandingLake lake = new LandingLake();
  private final InMemoryQueue<BatchLanded> curate = new InMemoryQueue<>();
  private final Landing landing = lake.landing(lake.store(), curate);

  @Test
  void landsWhatIsGoodQuarantinesWhatIsNotAndAnnouncesTheBatch() {
    // Given
    SourceObject source = lake.input(KEY, order("a"), "{\"id\":1}", order("b"));

    // When
    Landed verdict = landing.land(source);

    // Then
    Manifest manifest = lake.manifest();
    assertThat(verdict).isEqualTo(new Landed.Now(manifest));
    assertThat(manifest.batch()).isEqualTo(BatchId.of(new PipelineName("orders"), source));
    assertThat(manifest.status()).isEqualTo(new LandStatus.Accepted());
    assertThat(manifest.counts()).isEqualTo(new LandCounts(3, 2, 1));
    assertThat(manifest.errors()).containsOnlyKeys("missing at", "type id");
    assertThat(manifest.raw())
        .allSatisfy(file -> assertThat(lake.store().find(file.name())).isPresent());
    assertThat(manifest.quarantine()).hasSize(1);
    assertThat(curate.announced()).singleElement().satisfies(this::announcesTheManifest);
  }

  private void announcesTheManifest(BatchLanded message) {
    assertThat(message.batch()).isEqualTo(lake.manifest().batch());
    assertThat(lake.store().find(message.manifest())).isPresent();
  }

  @Test
  void quarantinesRecordsThatBreakARuleWithAllTheirErrors() throws IOException {
    // Given
    lake.declareRules(
        """
          - { field: amount, range: { min: 0 }, name: no-refunds }
          - { field: id, length: { max: 3 } }
          - { field: id, unique_in_batch: true }
        """);
    SourceObject source =
        lake.input(
            KEY,
            order("a"),
            order("b"),
            "{\"id\":\"long\",\"at\":1767225600000,\"amount\":-1.5}",
            order("a"));

    // When
    landing.land(source);

    // Then
    Manifest manifest = lake.manifest();
    assertThat(manifest.counts()).isEqualTo(new LandCounts(4, 2, 2));
    assertThat(manifest.errors())
        .containsOnlyKeys("range amount", "length id", "unique_in_batch id");
    List<QuarantinedRecord> rejected = lake.quarantined();
    assertThat(rejected)
        .extracting(record -> record.record().errorClass())
        .containsOnly(ErrorClass.RULE);
    assertThat(rejected.getFirst().record().errors()).hasSize(2);
    assertThat(rejected.getLast().record().ordinal()).isEqualTo(3);
  }

  @Test
  void writesNothingAgainAndAnnouncesAgainWhatIsLanded() {
    // Given
    SourceObject source = lake.input(KEY, order("a"), "nonsense");
    landing.land(source);
    List<BatchLanded> first = curate.drain();
    Crashes watched = Crashes.none();

    // When
    Landed verdict = lake.landing(watched.store(lake.store()), curate).land(source);

    // Then
    assertThat(verdict).isEqualTo(new Landed.Already(lake.manifest()));
    assertThat(curate.announced()).isEqualTo(first);
    assertThat(watched.calls()).containsOnly("find", "read");
  }

  @Test
  void takesTheManifestThatIsThereWhenTwoLandTheSameObjectAtOnce() {
    // Given
    SourceObject source = lake.input(KEY, order("a"), "nonsense");
    Landing slower = lake.landing(() -> landing.land(source), curate);

    // When
    Landed verdict = slower.land(source);

    // Then
    assertThat(verdict).isEqualTo(new Landed.Already(lake.manifest()));
    assertThat(lake.manifest().code()).isEqualTo("test");
    assertThat(curate.announced()).hasSize(2).containsOnly(curate.announced().getFirst());
  }

  @Test
  void leavesTheFilesOfTheManifestAsTheyAreWhenALateAttemptGoesByAnotherContract() {
    // Given
    SourceObject source = lake.input(KEY, order("a"), "nonsense");
    Map<String, String> landed = new TreeMap<>();
    ObjectStore stalled =
        DisturbedStores.stallingBeforeTheFirstUpload(
            lake.store(),
            () -> {
              lake.declareContract(LandingLake.CONTRACT.replace("double", "float"));
              landing.land(source);
              landed.putAll(lake.contents(""));
            });

    // When
    Landed verdict = lake.landing(stalled, curate).land(source);

    // Then
    assertThat(verdict).isEqualTo(new Landed.Already(lake.manifest()));
    assertThat(landed).hasSizeGreaterThan(3);
    assertThat(lake.contents("")).containsAllEntriesOf(landed);
    assertThat(lake.manifest().raw().getFirst().name().key()).contains(lake.manifest().contract());
  }

  @Test
  void holdsABatchAboveItsRejectBudgetAndAnnouncesItForItsQuarantine() {
    // Given
    SourceObject source = lake.input(KEY, order("a"), "1", "2");

    // When
    landing.land(source);
    landing.land(source);

    // Then
    assertThat(lake.manifest().status())
        .isEqualTo(
            new LandStatus.Held("2 of 3 records are rejected, the budget is 0.5000 of them"));
    assertThat(lake.manifest().raw()).hasSize(1);
    assertThat(curate.announced()).hasSize(2).allSatisfy(this::announcesTheManifest);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metric: row_count, min: 3|gate row_count: row_count is 2, at least 3 is wanted",
        "metric: row_count, min: 1000|gate row_count: row_count is 2, at least 1000 is wanted",
        "metric: row_count, max: 1|gate row_count: row_count is 2, at most 1 is wanted",
        "metric: reject_rate, max: 0.3"
            + "|gate reject_rate: reject_rate is 0.3333, at most 0.3 is wanted",
        "name: known, metric: null_rate_amount, max: 0.4"
            + "|gate known: null_rate_amount is 0.5, at most 0.4 is wanted"
      })
  void holdsABatchThatFailsAGateOfItsLayer(String gate, String reason) {
    // Given
    lake.declareGates("{ " + gate + ", layer: raw, action: quarantine }");

    // When
    landing.land(lake.input(KEY, order("a"), "{}", ORDER_OF_AN_AMOUNT));

    // Then
    assertThat(lake.manifest().status()).isEqualTo(new LandStatus.Held(reason));
    assertThat(lake.manifest().counts()).isEqualTo(new LandCounts(3, 2, 1));
    assertThat(curate.announced()).hasSize(1).allSatisfy(this::announcesTheManifest);
  }

  @Test
  void passesABatchThatKeepsTheBoundsOfItsGates() {
    // Given
    lake.declareGates(
        "{ metric: row_count, between: [2, 2], layer: raw, action: quarantine }",
        "{ metric: null_rate_amount, max: 0.5, layer: raw, action: quarantine }",
        "{ metric: reject_rate, max: 0, action: quarantine }");

    // When
    landing.land(lake.input(KEY, order("a"), "{}", ORDER_OF_AN_AMOUNT));

    // Then
    assertThat(lake.manifest().status()).isEqualTo(new LandStatus.Accepted());
  }

  @Test
  void acceptsABatchThatJustKeepsItsRejectBudget() {
    // When
    landing.land(lake.input(KEY, order("a"), "1"));

    // Then
    assertThat(lake.manifest().status()).isEqualTo(new LandStatus.Accepted());
    assertThat(curate.announced()).hasSize(1);
  }

  @Test
  void landsAnEmptyFileAsABatchWithoutRecords() {
    // When
    landing.land(lake.input(KEY, new byte[0]));

    // Then
    assertThat(lake.manifest().status()).isEqualTo(new LandStatus.Accepted());
    assertThat(lake.manifest().counts()).isEqualTo(LandCounts.NONE);
    assertThat(lake.manifest().raw()).isEmpty();
    assertThat(curate.announced()).hasSize(1);
  }

  @Test
  void keepsEveryRecordOfAFileInWhichAllAreRejected() {
    // When
    landing.land(lake.input(KEY, "1", "{}", "nonsense"));

    // Then
    assertThat(lake.manifest().status()).isInstanceOf(LandStatus.Held.class);
    assertThat(lake.manifest().counts()).isEqualTo(new LandCounts(3, 0, 3));
    assertThat(lake.manifest().raw()).isEmpty();
    assertThat(lake.keys("quarantine/")).hasSize(1);
  }

  @Test
  void saysThatAnObjectIsGoneWhichWasReplaced() {
    // Given
    SourceObject old = lake.input(KEY, order("a"));
    lake.input(KEY, order("b"));

    // Then
    assertThat(landing.land(old)).isEqualTo(new Landed.Gone(old));
    assertThat(lake.keys("raw/")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"orders/a", "landing/a", "landing/orders/", "landing/Orders/a", "raw/x/y"})
  void refusesAKeyThatIsNotOfAPipelineInLanding(String key) {
    // Given
    SourceObject source = lake.input(key, order("a"));

    // Then
    assertThatThrownBy(() -> landing.land(source))
        .isInstanceOf(InvalidMessage.class)
        .hasMessage(
            "Invalid source object: s3://landing/" + key + " (landing/<pipeline>/… is wanted)");
  }

  @Test
  void readsNothingOfAPipelineThatIsNotDeclared() {
    // Given
    SourceObject source = lake.input("landing/unknown/a", order("a"));
    Crashes watched = Crashes.none();

    // Then
    assertThatThrownBy(() -> lake.landing(watched.store(lake.store()), curate).land(source))
        .isInstanceOf(ConfigurationFailure.class)
        .hasMessage("Pipeline does not exist: no s3://lake/pipelines/unknown/pipeline.yaml");
    assertThat(watched.calls()).doesNotContain("open");
    assertThat(lake.keys("raw/")).isEmpty();
  }

  @Test
  void writesRawThenQuarantineThenTheManifestThenAnnounces() {
    // Given
    SourceObject source = lake.input(KEY, order("a"), "nonsense");
    Crashes watched = Crashes.none();

    // When
    lake.landing(watched.store(lake.store()), watched.announcer(curate)).land(source);

    // Then
    assertThat(watched.calls())
        .filteredOn(call -> !call.startsWith("start "))
        .containsExactly(
            "find",
            "read",
            "open",
            "complete raw",
            "complete quarantine",
            "put manifest",
            "announce");
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void landsTheSameBatchAfterACrashBetweenAnyTwoSteps(Moment moment) {
    // Given
    LandingLake undisturbed = new LandingLake();
    Crashes counted = Crashes.none();
    undisturbed
        .landing(counted.store(undisturbed.store()), counted.announcer(curate))
        .land(undisturbed.input(KEY, order("a"), "nonsense", order("b")));

    for (int call = 0; call < counted.calls().size(); call++) {
      // When
      LandingLake crashed = new LandingLake();
      InMemoryQueue<BatchLanded> announced = new InMemoryQueue<>();
      SourceObject source = crashed.input(KEY, order("a"), "nonsense", order("b"));
      Crashes crashes = new Crashes(call, moment);
      assertThatThrownBy(
              () ->
                  crashed
                      .landing(crashes.store(crashed.store()), crashes.announcer(announced))
                      .land(source))
          .isInstanceOf(Failure.class);
      announcedOnlyWhatIsLanded(crashed, announced);
      crashed.landing(crashed.store(), announced).land(source);

      // Then
      assertThat(crashed.contents("")).as("call " + call).isEqualTo(undisturbed.contents(""));
      assertThat(announced.announced()).isNotEmpty().containsOnly(curate.announced().getFirst());
    }
  }

  private static void announcedOnlyWhatIsLanded(
      LandingLake lake, InMemoryQueue<BatchLanded> announced) {
    for (BatchLanded message : announced.announced()) {
      assertThat(lake.store().find(message.manifest())).isPresent();
      lake.manifest().raw().forEach(file -> assertThat(lake.store().find(file.name())).isPresent());
    }
  }

  @Test
  void retriesWhenTheStoreFailsMidwayAndQuarantinesNothing() {
    // Given
    SourceObject source = lake.input(KEY, order("a"), "nonsense");
    ObjectStore failing = DisturbedStores.breakingOff(lake.store());

    // Then
    assertThatThrownBy(() -> lake.landing(failing, curate).land(source))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("Cannot read " + source + ": connection reset");
    assertThat(lake.keys("raw/")).isEmpty();
    assertThat(lake.keys("quarantine/")).isEmpty();
  }

  @Test
  void namesFilesAfterTheDayOnWhichTheObjectWasModified() {
    // When
    landing.land(lake.input(KEY, order("a")));

    // Then
    assertThat(lake.manifest().raw().getFirst().name())
        .isEqualTo(
            new ObjectName(
                "lake",
                "raw/orders/2026-01-01/"
                    + lake.manifest().batch()
                    + "/accepted-"
                    + lake.manifest().contract()
                    + ".parquet"));
  }
}
