package io.sluice.testkit.port;

import io.sluice.core.memory.InMemoryObjectStore;
import io.sluice.core.port.ObjectStore;
import java.time.Instant;

class InMemoryObjectStoreTest extends ObjectStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final InMemoryObjectStore store = new InMemoryObjectStore(() -> NOW);

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected String bucket() {
    return "lake";
  }

  @Override
  protected Instant now() {
    return NOW;
  }
}
