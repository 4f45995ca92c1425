package io.sluice.contracts.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.framing.SchemaId;
import io.sluice.core.failure.TransientFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every registry is held to, through the cache that land has before it. */
public abstract class SchemaRegistryContract {
  private static final Duration LATEST_FOR = Duration.ofMinutes(5);
  protected static final String FIRST =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}";
  protected static final String SECOND =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"long\"}]}";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

  /** The registry under test. */
  protected abstract SchemaRegistry registry();

  /** Puts a schema under a subject, as a producer would; says its id. */
  protected abstract SchemaId register(String subject, String schema);

  /** An id that the registry may give, and has not given. */
  protected SchemaId unknown() {
    return new SchemaId.Numbered(999_999);
  }

  /** Stops the registry. */
  protected abstract void stop();

  /** Starts it again, with what it had. */
  protected abstract void start();

  private CachedRegistry cached() {
    return new CachedRegistry(registry(), LATEST_FOR, now::get);
  }

  private static String fingerprint(String schema) {
    return Contract.parse(schema, "schema").fingerprint();
  }

  @Test
  void findsSchemasBySubjectByVersionAndById() {
    // Given
    SchemaId first = register("orders", FIRST);
    SchemaId second = register("orders", SECOND);

    // Then
    assertThat(registry().find(Subject.parse("registry:orders")))
        .hasValueSatisfying(
            schema -> assertThat(fingerprint(schema)).isEqualTo(fingerprint(SECOND)));
    assertThat(registry().find(Subject.parse("registry:orders:1")))
        .hasValueSatisfying(
            schema -> assertThat(fingerprint(schema)).isEqualTo(fingerprint(FIRST)));
    assertThat(registry().find(first))
        .hasValueSatisfying(
            schema -> assertThat(fingerprint(schema)).isEqualTo(fingerprint(FIRST)));
    assertThat(registry().find(second))
        .hasValueSatisfying(
            schema -> assertThat(fingerprint(schema)).isEqualTo(fingerprint(SECOND)));
  }

  @Test
  void saysThatAnUnknownSchemaIsNotThere() {
    // Given
    register("known", FIRST);

    // Then
    assertThat(registry().find(unknown())).isEmpty();
    assertThat(registry().find(Subject.parse("registry:unknown"))).isEmpty();
    assertThat(registry().find(Subject.parse("registry:known:7"))).isEmpty();
  }

  @Test
  void goesOnServingWhatItKnowsWhileTheRegistryIsDownAndNothingElse() {
    // Given
    SchemaId known = register("steady", FIRST);
    SchemaId unseen = register("unseen", SECOND);
    CachedRegistry cached = cached();
    cached.find(known);
    cached.find(Subject.parse("registry:steady"));

    // When
    stop();

    // Then
    try {
      now.updateAndGet(instant -> instant.plus(LATEST_FOR.multipliedBy(2)));
      assertThat(cached.find(known)).isPresent();
      assertThat(cached.find(Subject.parse("registry:steady"))).isPresent();
      assertThatThrownBy(() -> cached.find(unseen)).isInstanceOf(TransientFailure.class);
      assertThatThrownBy(() -> cached.find(Subject.parse("registry:unseen")))
          .isInstanceOf(TransientFailure.class);
    } finally {
      start();
    }
    assertThat(cached.find(unseen)).isPresent();
  }

  @Test
  void asksForTheLatestAgainWhenItMayHaveChanged() {
    // Given
    register("moving", FIRST);
    CachedRegistry cached = cached();
    Subject latest = Subject.parse("registry:moving:latest");
    cached.find(latest);
    register("moving", SECOND);

    // When
    String soon = cached.find(latest).orElseThrow();
    now.updateAndGet(instant -> instant.plus(LATEST_FOR));
    String later = cached.find(latest).orElseThrow();

    // Then
    assertThat(fingerprint(soon)).isEqualTo(fingerprint(FIRST));
    assertThat(fingerprint(later)).isEqualTo(fingerprint(SECOND));
  }
}
