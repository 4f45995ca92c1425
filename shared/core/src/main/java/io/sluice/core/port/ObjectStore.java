package io.sluice.core.port;

import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.SourceObject;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Object storage, as far as Sluice needs it: strongly consistent, with whole objects that appear at
 * once or not at all. Every method throws {@link TransientFailure} when the store cannot answer.
 */
public interface ObjectStore {
  /** What stands under {@code name} now. */
  Optional<StoredObject> find(ObjectName name);

  /** Exactly this version, if it is still there. */
  Optional<StoredObject> find(SourceObject source);

  /**
   * The bytes of exactly this version, to be closed by the caller; empty when that version is there
   * no more. Reading may throw an {@link java.io.IOException} midway: that is the store's failure,
   * not the data's.
   */
  Optional<InputStream> open(SourceObject source);

  /**
   * A whole small object.
   *
   * @throws io.sluice.core.failure.InvalidMessage when it is longer than {@code maxBytes}
   */
  Optional<byte[]> read(ObjectName name, int maxBytes);

  /** Writes an object unless one of that name is there; says whether this call wrote it. */
  PutOutcome putIfAbsent(ObjectName name, byte[] content);

  /**
   * Starts an object that appears under {@code name}, in the place of any other, when it is
   * completed.
   */
  Upload upload(ObjectName name);

  /**
   * Calls {@code each} with every object whose key starts with {@code prefix}, in order of their
   * keys.
   */
  void list(String bucket, String prefix, Consumer<StoredObject> each);

  /** Who wrote it. */
  enum PutOutcome {
    /** This call did. */
    CREATED,
    /** Somebody did before; nothing was changed. */
    EXISTED
  }
}
