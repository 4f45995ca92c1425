package io.sluice.local.quarantine;

import io.sluice.contracts.pipeline.Pipeline;
import io.sluice.contracts.wire.ReplayJson;
import io.sluice.core.batch.Replay;
import io.sluice.core.id.SourceObject;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replays of chosen records as objects for landing. An object's name is a hash of the records, of
 * the contract, and of how often each was tried before: whoever chooses the same again before
 * anything has come of it makes the same object, and afterwards a new one.
 */
public final class Replays {
  private static final Comparator<QuarantineEntry> BY_PLACE =
      Comparator.comparing((QuarantineEntry entry) -> source(entry).toString())
          .thenComparingLong(entry -> entry.quarantined().record().ordinal());

  private Replays() {}

  /** The objects by their names; as few as hold all of {@code entries}. */
  public static Map<String, byte[]> objects(Pipeline pipeline, List<QuarantineEntry> entries) {
    List<QuarantineEntry> ordered = entries.stream().sorted(BY_PLACE).toList();
    Map<String, byte[]> objects = new LinkedHashMap<>();
    for (int from = 0; from < ordered.size(); from += Replay.MOST_RECORDS) {
      int to = Math.min(ordered.size(), from + Replay.MOST_RECORDS);
      List<QuarantineEntry> chosen = ordered.subList(from, to);
      byte[] content = ReplayJson.write(replay(pipeline, chosen));
      objects.put(name(content, chosen), content);
    }
    return objects;
  }

  private static Replay replay(Pipeline pipeline, List<QuarantineEntry> entries) {
    Map<SourceObject, List<Long>> ordinals = new LinkedHashMap<>();
    for (QuarantineEntry entry : entries) {
      ordinals
          .computeIfAbsent(source(entry), source -> new ArrayList<>())
          .add(entry.quarantined().record().ordinal());
    }
    return new Replay(
        pipeline.name(),
        pipeline.contract().fingerprint(),
        ordinals.entrySet().stream()
            .map(each -> new Replay.Part(each.getKey(), each.getValue()))
            .toList());
  }

  private static String name(byte[] content, List<QuarantineEntry> entries) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content);
      for (QuarantineEntry entry : entries) {
        digest.update((" " + entry.attempts()).getBytes(StandardCharsets.US_ASCII));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 32) + ".json";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static SourceObject source(QuarantineEntry entry) {
    return entry.quarantined().origin().source();
  }
}
