package io.sluice.testkit.port;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import io.sluice.core.port.ObjectStore;
import io.sluice.core.port.ObjectStore.PutOutcome;
import io.sluice.core.port.StoredObject;
import io.sluice.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ObjectStore} promises. Extend it in the module of an implementation. */
public abstract class ObjectStoreContract {
  private static final byte[] CONTENT = "one\ntwo\n".getBytes(UTF_8);

  /** A store in which the bucket of {@link #bucket} is empty. */
  protected abstract ObjectStore store();

  /** A bucket that is there. */
  protected abstract String bucket();

  /** The time by the clock that the store goes by. */
  protected Instant now() {
    return Instant.now();
  }

  @Test
  void findsNothingWhereNothingIs() {
    // Given
    ObjectName name = name("raw/none");

    // Then
    assertThat(store().find(name)).isEmpty();
    assertThat(store().read(name, 10)).isEmpty();
    assertThat(store().open(new SourceObject(name, "0".repeat(32)))).isEmpty();
  }

  @Test
  void describesWhatWasPut() {
    // When
    store().putIfAbsent(name("raw/a"), CONTENT);

    // Then
    StoredObject found = store().find(name("raw/a")).orElseThrow();
    assertThat(found.source().name()).isEqualTo(name("raw/a"));
    assertThat(found.source().version()).isNotEmpty().doesNotContain("\"");
    assertThat(found.sizeBytes()).isEqualTo(CONTENT.length);
    assertThat(Duration.between(found.modified(), now()).abs()).isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void putsOnlyWhatIsAbsent() {
    // When
    PutOutcome first = store().putIfAbsent(name("m"), CONTENT);
    PutOutcome second = store().putIfAbsent(name("m"), "other".getBytes(UTF_8));

    // Then
    assertThat(List.of(first, second)).containsExactly(PutOutcome.CREATED, PutOutcome.EXISTED);
    assertThat(store().read(name("m"), 100)).hasValue(CONTENT);
  }

  @Test
  void letsExactlyOneOfManyWritersCreate() throws Exception {
    // Given
    int writers = 8;
    List<Future<PutOutcome>> outcomes = new ArrayList<>();

    // When
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (int writer = 0; writer < writers; writer++) {
        byte[] content = ("writer " + writer).getBytes(UTF_8);
        outcomes.add(threads.submit(() -> store().putIfAbsent(name("raced"), content)));
      }
    }

    // Then
    List<Integer> creators = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      if (outcomes.get(writer).get() == PutOutcome.CREATED) {
        creators.add(writer);
      }
    }
    assertThat(creators).hasSize(1);
    assertThat(store().read(name("raced"), 100))
        .hasValue(("writer " + creators.getFirst()).getBytes(UTF_8));
  }

  @Test
  void neverOpensAnotherVersionThanItWasAskedFor() throws IOException {
    // Given
    store().putIfAbsent(name("landing/f"), CONTENT);
    SourceObject old = store().find(name("landing/f")).orElseThrow().source();
    write(name("landing/f"), "newer".getBytes(UTF_8));
    SourceObject newer = store().find(name("landing/f")).orElseThrow().source();

    // Then
    assertThat(newer).isNotEqualTo(old);
    assertThat(content(old)).isIn(Optional.empty(), Optional.of("one\ntwo\n"));
    assertThat(content(newer)).hasValue("newer");
  }

  @Test
  void canStopReadingEarly() throws IOException {
    // Given
    write(name("landing/big"), bytes(1_000_000));
    SourceObject source = store().find(name("landing/big")).orElseThrow().source();

    // When
    try (InputStream content = store().open(source).orElseThrow()) {
      assertThat(content.readNBytes(10)).hasSize(10);
    }

    // Then
    assertThat(store().find(name("landing/big"))).isPresent();
  }

  @Test
  void readsUpToTheLimitAndRefusesMore() {
    // Given
    store().putIfAbsent(name("limit"), CONTENT);

    // Then
    assertThat(store().read(name("limit"), CONTENT.length)).hasValue(CONTENT);
    assertThatThrownBy(() -> store().read(name("limit"), CONTENT.length - 1))
        .isInstanceOf(InvalidMessage.class)
        .hasMessage("Cannot read " + name("limit") + ": it is longer than 7 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8 * 1024 * 1024, 8 * 1024 * 1024 + 1, 16 * 1024 * 1024, 20_000_003})
  void uploadsWhatWasWrittenWholeWhateverItsLength(int length) throws IOException {
    // Given
    byte[] content = bytes(length);

    // When
    try (Upload upload = store().upload(name("raw/up"))) {
      int written = 0;
      for (int piece = 1; written < length; piece = piece * 3 + 1) {
        int count = Math.min(piece, length - written);
        upload.write(content, written, count);
        written += count;
        assertThat(upload.position()).isEqualTo(written);
      }
      upload.complete();
    }

    // Then
    SourceObject source = store().find(name("raw/up")).orElseThrow().source();
    try (InputStream stored = store().open(source).orElseThrow()) {
      assertThat(stored.readAllBytes()).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 9 * 1024 * 1024})
  void showsNothingOfAnUploadThatWasNotCompleted(int length) throws IOException {
    // When
    try (Upload upload = store().upload(name("raw/half"))) {
      upload.write(bytes(length));
      assertThat(store().find(name("raw/half"))).isEmpty();
    }

    // Then
    assertThat(store().find(name("raw/half"))).isEmpty();
    List<StoredObject> listed = new ArrayList<>();
    store().list(bucket(), "raw/half", listed::add);
    assertThat(listed).isEmpty();
  }

  @Test
  void uploadsInThePlaceOfWhatWasThere() throws IOException {
    // Given
    store().putIfAbsent(name("raw/again"), CONTENT);

    // When
    write(name("raw/again"), "second".getBytes(UTF_8));

    // Then
    assertThat(store().read(name("raw/again"), 100)).hasValue("second".getBytes(UTF_8));
  }

  @Test
  void keepsTheOldObjectWhenAnUploadIsGivenUp() throws IOException {
    // Given
    store().putIfAbsent(name("raw/kept"), CONTENT);

    // When
    try (Upload upload = store().upload(name("raw/kept"))) {
      upload.write(bytes(9 * 1024 * 1024));
    }

    // Then
    assertThat(store().read(name("raw/kept"), 100)).hasValue(CONTENT);
  }

  @Test
  void listsByPrefixInOrderAsItFinds() {
    // Given
    for (String key : List.of("raw/p/b", "raw/p/a/1", "raw/pq", "raw/p/c", "other")) {
      store().putIfAbsent(name(key), key.getBytes(UTF_8));
    }

    // When
    List<StoredObject> listed = new ArrayList<>();
    store().list(bucket(), "raw/p/", listed::add);

    // Then
    assertThat(listed)
        .extracting(object -> object.source().name().key())
        .containsExactly("raw/p/a/1", "raw/p/b", "raw/p/c");
    assertThat(listed)
        .allSatisfy(object -> assertThat(store().find(object.source().name())).hasValue(object));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "landing/a b/c+d.json",
        "landing/ü/日.json",
        "landing/100%/x=1&y=2",
        "landing/a%20b"
      })
  void takesKeysAsTheyAre(String key) {
    // When
    store().putIfAbsent(name(key), key.getBytes(UTF_8));

    // Then
    List<String> listed = new ArrayList<>();
    store().list(bucket(), "landing/", object -> listed.add(object.source().name().key()));
    assertThat(listed).containsExactly(key);
    assertThat(store().read(name(key), 100)).hasValue(key.getBytes(UTF_8));
  }

  private Optional<String> content(SourceObject source) throws IOException {
    Optional<InputStream> opened = store().open(source);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream stream = opened.get()) {
      return Optional.of(new String(stream.readAllBytes(), UTF_8));
    }
  }

  private void write(ObjectName name, byte[] content) throws IOException {
    try (Upload upload = store().upload(name)) {
      upload.write(content);
      upload.complete();
    }
  }

  private ObjectName name(String key) {
    return new ObjectName(bucket(), key);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
