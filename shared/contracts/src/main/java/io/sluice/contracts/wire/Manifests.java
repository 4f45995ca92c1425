package io.sluice.contracts.wire;

import io.sluice.core.batch.BatchLanded;
import io.sluice.core.batch.LandStatus;
import io.sluice.core.batch.LandedBatch;
import io.sluice.core.batch.Layout;
import io.sluice.core.batch.Manifest;
import io.sluice.core.batch.Release;
import io.sluice.core.failure.InvalidMessage;
import io.sluice.core.failure.TransientFailure;
import io.sluice.core.id.ObjectName;
import io.sluice.core.port.ObjectStore;
import java.util.Optional;

/** The manifests in a lake. */
public final class Manifests {
  private final ObjectStore store;

  /** The manifests in {@code store}. */
  public Manifests(ObjectStore store) {
    this.store = store;
  }

  /** The manifest of that name, if it is there. */
  public Optional<Manifest> find(ObjectName name) {
    return store.read(name, ManifestJson.MAX_BYTES).map(ManifestJson::read);
  }

  /**
   * The batch that {@code message} announces, which its manifest must confirm.
   *
   * @throws InvalidMessage when the manifest is not there, is of another batch, or says that the
   *     batch is rejected as a whole
   */
  public LandedBatch confirm(BatchLanded message) {
    Manifest manifest =
        find(message.manifest())
            .orElseThrow(
                () -> new InvalidMessage("Manifest does not exist: " + message.manifest()));
    if (!manifest.batch().equals(message.batch())
        || !manifest.pipeline().equals(message.pipeline())) {
      throw new InvalidMessage(
          "Invalid announcement of batch "
              + message.batch()
              + ": its manifest is of batch "
              + manifest.batch()
              + " of "
              + manifest.pipeline());
    }
    if (manifest.status() instanceof LandStatus.Rejected) {
      throw new InvalidMessage(
          "Invalid announcement of batch "
              + message.batch()
              + ": it is "
              + manifest.status().word());
    }
    boolean isReleased =
        manifest.status() instanceof LandStatus.Held && release(message.manifest()).isPresent();
    return new LandedBatch(message.manifest(), manifest, isReleased);
  }

  /** What released the batch of the manifest of that name, if anything did. */
  public Optional<Release> release(ObjectName manifest) {
    return readRelease(Layout.release(manifest));
  }

  /** The release of that name, if it is there. */
  public Optional<Release> readRelease(ObjectName name) {
    return store.read(name, ReleaseJson.MAX_BYTES).map(ReleaseJson::read);
  }

  /** Releases the batch of the manifest of that name; says what counts: an earlier one, if any. */
  public Release release(ObjectName manifest, Release release) {
    return switch (store.putIfAbsent(Layout.release(manifest), ReleaseJson.write(release))) {
      case CREATED -> release;
      case EXISTED ->
          release(manifest)
              .orElseThrow(
                  () ->
                      new TransientFailure("Cannot read release of " + manifest + ": it is gone"));
    };
  }
}
