package io.sluice.core.batch;

import io.sluice.core.id.BatchId;
import io.sluice.core.id.ObjectName;
import io.sluice.core.id.PipelineName;
import io.sluice.core.id.SnapshotId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Where every object of the lake has its place: the only code that puts keys together or takes them
 * apart.
 */
public record Layout(String lakeBucket) {
  private static final String LANDING = "landing/";
  private static final String RAW = "raw/";
  private static final String QUARANTINE = "quarantine/";
  private static final String VERDICTS = "verdicts/";
  private static final String PUBLISHED = "published/";
  private static final String PIPELINES = "pipelines/";
  private static final String CONTRACTS = "contracts/";
  private static final String MANIFEST = "/manifest.json";
  private static final String PARQUET = ".parquet";
  private static final String RELEASE = "/release.json";
  private static final String REPLAY = "_replay/";

  /**
   * The pipeline that an object in landing belongs to; none when the key is not of the form {@code
   * landing/name/…}.
   */
  public static Optional<PipelineName> pipelineOf(ObjectName source) {
    String key = source.key();
    int end = key.indexOf('/', LANDING.length());
    if (!key.startsWith(LANDING) || end < 0 || end == key.length() - 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PipelineName(key.substring(LANDING.length(), end)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The prefix under which inputs of {@code pipeline} arrive. */
  public static String landingPrefix(PipelineName pipeline) {
    return LANDING + pipeline + "/";
  }

  /**
   * The prefix under which records come back out of quarantine; no input of another kind may lie
   * there.
   */
  public static String replayPrefix(PipelineName pipeline) {
    return landingPrefix(pipeline) + REPLAY;
  }

  /** Whether {@code source} lies where records come back out of quarantine. */
  public static boolean isReplay(ObjectName source) {
    return pipelineOf(source)
        .filter(pipeline -> source.key().startsWith(replayPrefix(pipeline)))
        .isPresent();
  }

  /** The prefix of everything that land keeps of {@code pipeline}. */
  public static String rawPrefix(PipelineName pipeline) {
    return RAW + pipeline + "/";
  }

  /**
   * The file with the accepted records of a batch whose source was last modified at {@code
   * modified}. An attempt that is late, and still goes by an older contract, must not replace the
   * file that a manifest names: so the name has the contract's fingerprint in it.
   */
  public ObjectName raw(PipelineName pipeline, Instant modified, BatchId batch, String contract) {
    return lake(
        RAW + pipeline + "/" + day(modified) + "/" + batch + "/accepted-" + contract + PARQUET);
  }

  /** The manifest of a batch whose source was last modified at {@code modified}. */
  public ObjectName manifest(PipelineName pipeline, Instant modified, BatchId batch) {
    return lake(RAW + pipeline + "/" + day(modified) + "/" + batch + MANIFEST);
  }

  /** Whether a key is that of a manifest. */
  public static boolean isManifest(String key) {
    return key.startsWith(RAW) && key.endsWith(MANIFEST);
  }

  /** Whether a key is that of a release. */
  public static boolean isRelease(String key) {
    return key.startsWith(RAW) && key.endsWith(RELEASE);
  }

  /** What releases the batch of {@code manifest}. */
  public static ObjectName release(ObjectName manifest) {
    String folder = manifest.key().substring(0, manifest.key().lastIndexOf('/'));
    return new ObjectName(manifest.bucket(), folder + RELEASE);
  }

  /** The file with the records of a batch that the contract of that fingerprint rejected. */
  public ObjectName quarantine(
      PipelineName pipeline, Instant modified, BatchId batch, String contract) {
    return lake(
        QUARANTINE + pipeline + "/" + day(modified) + "/" + batch + "-" + contract + PARQUET);
  }

  /** The verdict of the first judgement of a snapshot. */
  public ObjectName verdict(PipelineName pipeline, SnapshotId snapshot) {
    return verdict(pipeline, snapshot, 1);
  }

  /** The verdict of a judgement of a snapshot; judgements are counted from 1. */
  public ObjectName verdict(PipelineName pipeline, SnapshotId snapshot, int judgement) {
    String number = judgement == 1 ? "" : "." + judgement;
    return lake(VERDICTS + pipeline + "/" + snapshot + number + ".json");
  }

  /** What was decided about a batch that left audit with a snapshot. */
  public ObjectName settlement(PipelineName pipeline, SnapshotId snapshot, BatchId batch) {
    return lake(VERDICTS + pipeline + "/" + snapshot + "." + batch + ".json");
  }

  /** What says that everybody was told of a snapshot that readers see. */
  public ObjectName published(PipelineName pipeline, SnapshotId snapshot) {
    return lake(PUBLISHED + pipeline + "/" + snapshot + ".json");
  }

  /** A file of the pipeline's declaration: {@code pipeline.yaml}, or what it names beside it. */
  public ObjectName declaration(PipelineName pipeline, String file) {
    return lake(PIPELINES + pipeline + "/" + file);
  }

  /** A file of the schemas that lie in the lake: of a subject, or of {@code ids}. */
  public ObjectName contract(String subject, String file) {
    return lake(CONTRACTS + subject + "/" + file);
  }

  private ObjectName lake(String key) {
    return new ObjectName(lakeBucket, key);
  }

  private static LocalDate day(Instant modified) {
    return LocalDate.ofInstant(modified, ZoneOffset.UTC);
  }
}
