package io.sluice.land.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectCreatedTest {
  private static final int FUZZED = 5000;

  @Test
  void readsTheBucketTheKeyAndTheETag() {
    assertThat(ObjectCreated.read(notification(record("landing/orders/a.ndjson", ""))))
        .containsExactly(new SourceObject(new ObjectName("in", "landing/orders/a.ndjson"), "9a03"));
  }

  @Test
  void prefersTheVersionToTheETag() {
    assertThat(ObjectCreated.read(notification(record("a", "\"versionId\":\"v7\","))))
        .containsExactly(new SourceObject(new ObjectName("in", "a"), "v7"));
  }

  @Test
  void takesTheETagWhereABucketKeepsNoVersions() {
    assertThat(ObjectCreated.read(notification(record("a", "\"versionId\":\"null\","))))
        .containsExactly(new SourceObject(new ObjectName("in", "a"), "9a03"));
  }

  @ParameterizedTest
  @CsvSource({
    "landing/orders/a+b, landing/orders/a b",
    "landing/orders/a%2Bb, landing/orders/a+b",
    "landing%2Forders%2Fa, landing/orders/a",
    "landing/orders/%E6%97%A5%C3%BC, landing/orders/日ü",
    "landing/orders/%F0%9F%8C%8A, landing/orders/🌊",
    "landing/orders/100%25, landing/orders/100%",
    "a%3D1%26b, a=1&b"
  })
  void decodesKeys(String encoded, String key) {
    assertThat(ObjectCreated.read(notification(record(encoded, ""))))
        .extracting(source -> source.name().key())
        .containsExactly(key);
  }

  @Test
  void readsEveryRecord() {
    assertThat(ObjectCreated.read(notification(record("a", "") + "," + record("b", ""))))
        .extracting(source -> source.name().key())
        .containsExactly("a", "b");
  }

  @Test
  void findsNothingInTheTestMessage() {
    assertThat(
            ObjectCreated.read(
                """
                {"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-01-01T00:00:00.000Z",
                 "Bucket":"in","RequestId":"5582815E1AEA5ADF","HostId":"8cLeGAmw098X5cv4"}
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "nonsense",
        "[]",
        "{}",
        "{\"Records\":[]}",
        "{\"Records\":{}}",
        "{\"Records\":[null]}",
        "{\"Records\":[{\"eventName\":\"ObjectRemoved:Delete\"}]}",
        "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\"}]}",
        "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"in\"},"
            + "\"object\":{\"key\":\"%zz\",\"eTag\":\"1\"}}}]}",
        "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"in\"},"
            + "\"object\":{\"key\":\"a\"}}}]}",
      })
  void refusesWhatIsNoNotificationOfCreatedObjects(String message) {
    assertThatThrownBy(() -> ObjectCreated.read(message))
        .isInstanceOf(InvalidMessage.class)
        .hasMessageStartingWith("Invalid S3 notification: ");
  }

  @Test
  void refusesWhatNestsTooDeep() {
    assertThatThrownBy(() -> ObjectCreated.read("[".repeat(100_000)))
        .isInstanceOf(InvalidMessage.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void answersWhateverComesWithObjectsOrARefusal(long seed) {
    Random random = new Random(seed);
    String whole = notification(record("landing/orders/a%20b", "\"versionId\":\"v\","));
    for (int i = 0; i < FUZZED; i++) {
      String message = mutate(whole, random);
      try {
        assertThat(ObjectCreated.read(message)).isNotNull();
      } catch (InvalidMessage e) {
        assertThat(e).as("seed %d, %s", seed, message).hasMessageStartingWith("Invalid ");
      }
    }
  }

  private static String mutate(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int changes = 1 + random.nextInt(4); changes > 0 && mutated.length() > 1; changes--) {
      int at = random.nextInt(mutated.length());
      switch (random.nextInt(4)) {
        case 0 -> mutated.deleteCharAt(at);
        case 1 -> mutated.setCharAt(at, (char) random.nextInt(0x300));
        case 2 -> mutated.insert(at, "{}[]\":,%\\u0".charAt(random.nextInt(11)));
        default -> mutated.setLength(at + 1);
      }
    }
    return mutated.toString();
  }

  private static String notification(String records) {
    return "{\"Records\":[" + records + "]}";
  }

  private static String record(String key, String version) {
    return """
    {"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put",
     "s3":{"s3SchemaVersion":"1.0","configurationId":"sluice",
      "bucket":{"name":"in","arn":"arn:aws:s3:::in"},
      "object":{"key":"%s","size":12,"eTag":"9a03",%s"sequencer":"0A"}}}
    """
        .formatted(key, version);
  }
}
