package io.sluice.land;

import static io.sluice.land.LandingLake.order;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contracts.wire.ReplayJson;
import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandCounts;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.Replay;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.memory.InMemoryQueue;
import io.sluice.formats.decode.UnknownFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LandedObjectsTest {
  private static final String REPLAY = "landing/orders/_replay/1.json";
  private static final String KEY = "landing/orders/day.ndjson";

  private final LandingLake lake = new LandingLake();
  private final InMemoryQueue<BatchLanded> curate = new InMemoryQueue<>();
  private final Landing landing = lake.landing(lake.store(), curate);

  @Test
  void putsRecordsThroughAgainWhereTheyStandInTheirSources() {
    // Given
    SourceObject first = lake.input(KEY, "1", order("a"), "2", order("b"));
    SourceObject second = lake.input(KEY + "2", order("c"), "3");
    SourceObject gone = lake.input(KEY + "3", order("d"));
    lake.store().remove(gone.name());
    Replay replay =
        new Replay(
            new PipelineName("orders"),
            "c",
            List.of(
                new Replay.Part(first, List.of(1L, 2L, 3L)),
                new Replay.Part(gone, List.of(0L)),
                new Replay.Part(second, List.of(0L, 7L))));

    // When
    landing.land(lake.input(REPLAY, ReplayJson.write(replay)));

    // Then
    assertThat(lake.manifest().status()).isEqualTo(new LandStatus.Accepted());
    assertThat(lake.manifest().counts()).isEqualTo(new LandCounts(6, 3, 3));
    assertThat(lake.manifest().errors()).containsEntry("gone", 2L);
    assertThat(curate.announced()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"pipeline\":\"others\",\"contract\":\"c\",\"parts\":[]}"})
  void takesNoInputOfAnotherKindForAReplay(String content) {
    // When
    landing.land(lake.input(REPLAY, content));

    // Then
    assertThat(lake.manifest().status()).isInstanceOf(LandStatus.Rejected.class);
    assertThat(curate.announced()).isEmpty();
  }

  @Test
  void holdsRowsThatChangesPutAgainstTheRulesAndNoneThatTheyTakeAway() {
    // Given
    LandingLake changes = new LandingLake("format: debezium");
    changes.declareRules(
        "- { field: amount, range: { min: 0 } }\n- { field: amount, not_null: true }");

    // When
    changes
        .landing(changes.store(), curate)
        .land(
            changes.input(
                KEY,
                "{'op':'c','ts_ms':1,'after':{'id':'a','at':1,'amount':2}}".replace('\'', '"'),
                "{'op':'u','ts_ms':2,'after':{'id':'a','at':1,'amount':-1}}".replace('\'', '"'),
                "{'op':'c','ts_ms':3,'after':{'id':'b','at':1}}".replace('\'', '"'),
                "{'op':'d','ts_ms':4,'before':{'id':'a'}}".replace('\'', '"'),
                "{'op':'t','ts_ms':5}".replace('\'', '"')));

    // Then
    assertThat(changes.manifest().counts()).isEqualTo(new LandCounts(5, 3, 2));
    assertThat(changes.manifest().errors()).containsOnlyKeys("range amount", "not_null amount");
  }

  @Test
  void keepsNothingOfAnObjectThatIsCutOffAndSaysWhy() throws IOException {
    // Given
    byte[] whole = gzip(order("a") + "\n" + "broken\n" + order("b") + "\n");

    // When
    landing.land(lake.input(KEY + ".gz", Arrays.copyOf(whole, whole.length - 9)));

    // Then
    Manifest manifest = lake.manifest();
    assertThat(manifest.status()).isInstanceOf(LandStatus.Rejected.class);
    assertThat(((LandStatus.Rejected) manifest.status()).reason())
        .startsWith("Cannot read object beyond its uncompressed byte ");
    assertThat(manifest.counts()).isEqualTo(LandCounts.NONE);
    assertThat(lake.keys("raw/")).singleElement().asString().endsWith("manifest.json");
    assertThat(lake.keys("quarantine/")).isEmpty();
    assertThat(curate.announced()).isEmpty();
  }

  @Test
  void landsACompressedObject() throws IOException {
    // When
    landing.land(lake.input(KEY + ".gz", gzip(order("a") + "\n" + order("b"))));

    // Then
    assertThat(lake.manifest().counts()).isEqualTo(new LandCounts(2, 2, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "day.json|[ {'id':'a','at':1},~ {'id':1}, {'id':'b','at':2} ]",
        "day.csv|id,at~a,1~b~'c,d',2~",
        "day.tsv|at^id~1^a~x^b~2^c~",
        "day.ndjson|{'id':'a','at':1}~{}~{'id':'b','at':2}~",
      })
  void landsEveryFormatThatAnObjectSaysItIs(String name, String text) {
    // Given
    LandingLake any = new LandingLake("");

    // When
    String plain = text.replace('\'', '"').replace('~', '\n').replace('^', '\t');
    byte[] object = plain.getBytes(UTF_8);
    any.landing(any.store(), curate).land(any.input("landing/orders/" + name, object));

    // Then
    assertThat(any.manifest().status()).isEqualTo(new LandStatus.Accepted());
    assertThat(any.manifest().counts()).isEqualTo(new LandCounts(3, 2, 1));
  }

  @Test
  void landsChangesWithTheirOperations() {
    // Given
    LandingLake changes = new LandingLake("format: debezium");

    // When
    changes
        .landing(changes.store(), curate)
        .land(
            changes.input(
                KEY,
                "{\"op\":\"c\",\"ts_ms\":1,\"after\":{\"id\":\"a\",\"at\":1}}",
                "{\"op\":\"d\",\"ts_ms\":2,\"before\":{\"id\":\"a\"}}",
                "{\"op\":\"t\",\"ts_ms\":3}",
                "null"));

    // Then
    assertThat(changes.manifest().counts()).isEqualTo(new LandCounts(4, 3, 1));
    assertThat(changes.manifest().raw()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../x", "%2e%2e%2Fx", "a\nb", "\u0000", " ", "a//b"})
  void landsObjectsOfAnyKeyUnderTheNameOfTheirBatch(String name) {
    // When
    landing.land(lake.input("landing/orders/" + name, order("a")));
    landing.land(lake.input("landing/orders/" + "x".repeat(1009), order("a")));

    // Then
    assertThat(lake.keys("raw/"))
        .allMatch(key -> key.matches("raw/orders/2026-01-01/[0-9a-z-]+/[a-z0-9.-]+"));
    assertThat(curate.announced()).hasSize(2);
  }

  private static byte[] gzip(String content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"ignore,2,0", "capture,2,0", "reject,1,1"})
  void countsFieldsThatTheContractDoesNotKnow(String policy, long accepted, long rejected) {
    // Given
    LandingLake lake = new LandingLake("unknown_fields: " + policy);
    String wider = order("b").replace("}", ",\"colour\":\"red\",\"size\":{\"w\":1}}");

    // When
    lake.landing(lake.store(), curate).land(lake.input(KEY, order("a"), wider));

    // Then
    assertThat(lake.manifest().counts()).isEqualTo(new LandCounts(2, accepted, rejected));
    assertThat(lake.manifest().unknown()).isEqualTo(Map.of("colour", 1L, "size", 1L));
    assertThat(lake.manifest().errors())
        .isEqualTo(rejected == 0 ? Map.of() : Map.of("unknown colour", 1L, "unknown size", 1L));
  }

  @Test
  void countsUnknownFieldsBeyondTheLimitTogether() {
    // Given
    StringBuilder wide = new StringBuilder(order("a"));
    for (int i = 0; i < UnknownFields.MAX_PATHS + 7; i++) {
      wide.insert(wide.length() - 1, ",\"n" + i + "\":" + i);
    }

    // When
    landing.land(lake.input(KEY, wide.toString(), wide.toString()));

    // Then
    assertThat(lake.manifest().unknown())
        .hasSize(UnknownFields.MAX_PATHS + 1)
        .containsEntry("n0", 2L)
        .containsEntry(Manifest.MORE_UNKNOWN, 14L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "c | 'after':{'id':'a','at':0,'amount':1}   |",
        "c | 'after':{'id':'a','at':0,'amount':-1}  | range amount",
        "r | 'after':{'id':'a','at':0,'amount':-1}  | range amount",
        "u | 'before':{'id':'a','at':0,'amount':-1},'after':{'id':'a','at':0,'amount':1} |",
        "u | 'after':{'id':'a','at':0}              | not_null amount",
        "c | 'after':{'id':'A','at':0,'amount':1}   | pattern id",
        "d | 'before':{'id':'a','at':0,'amount':-1} |",
        "d | 'before':{'id':'a'}                    |",
        "d | 'before':{'id':'A'}                    | pattern id",
        "t | 'before':null                          |",
      })
  void holdsChangesToTheRulesOfWhatTheyLeave(String operation, String row, String broken) {
    // Given
    LandingLake lake = new LandingLake("format: debezium");
    lake.declareRules(
        """
          - { field: amount, range: { min: 0 } }
          - { field: amount, not_null: true }
          - { field: id, pattern: "[a-z]" }
        """);
    String event = "{'op':'" + operation + "','ts_ms':9,'source':{'lsn':1}," + row + "}";

    // When
    lake.landing(lake.store(), curate).land(lake.input(KEY, event.replace('\'', '"')));

    // Then
    assertThat(lake.manifest().errors().keySet())
        .containsExactlyElementsOf(broken == null ? List.of() : List.of(broken));
  }
}
