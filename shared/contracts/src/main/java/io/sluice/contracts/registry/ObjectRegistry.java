package io.sluice.contracts.registry;

import io.sluice.contracts.contract.Contract;
import io.sluice.contracts.framing.SchemaId;
import io.sluice.core.batch.Layout;
import io.sluice.core.id.ObjectName;
import io.sluice.core.port.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Schemas that lie in the lake as plain objects, under the names that {@link Layout} gives them.
 */
public final class ObjectRegistry implements SchemaRegistry {
  private static final String SUFFIX = ".avsc";

  /** A character of UTF-8 has at most 4. */
  private static final int MAX_BYTES = 4 * Contract.MAX_CHARACTERS;

  private final ObjectStore store;
  private final Layout layout;

  /** The schemas of the lake in {@code store}. */
  public ObjectRegistry(ObjectStore store, Layout layout) {
    this.store = store;
    this.layout = layout;
  }

  @Override
  public Optional<String> find(Subject subject) {
    return subject.moves()
        ? latest(subject.name()).flatMap(this::read)
        : read(layout.contract(subject.name(), subject.version() + SUFFIX));
  }

  @Override
  public Optional<String> find(SchemaId id) {
    return read(layout.contract("ids", id.text() + SUFFIX));
  }

  /** The object with the highest number: 10 comes after 9. */
  private Optional<ObjectName> latest(String subject) {
    String prefix = layout.contract(subject, "").key();
    int[] highest = {0};
    store.list(
        layout.lakeBucket(),
        prefix,
        object -> {
          String file = object.source().name().key().substring(prefix.length());
          if (file.matches("[1-9][0-9]{0,8}\\.avsc")) {
            int version = Integer.parseInt(file.substring(0, file.length() - SUFFIX.length()));
            highest[0] = Math.max(highest[0], version);
          }
        });
    return highest[0] == 0
        ? Optional.empty()
        : Optional.of(layout.contract(subject, highest[0] + SUFFIX));
  }

  private Optional<String> read(ObjectName name) {
    return store.read(name, MAX_BYTES).map(content -> new String(content, StandardCharsets.UTF_8));
  }
}
