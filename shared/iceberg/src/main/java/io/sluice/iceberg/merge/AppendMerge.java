package io.sluice.iceberg.merge;

import io.sluice.core.batch.LandedBatch;
import io.sluice.iceberg.merge.FileChanges.Replaced;
import io.sluice.iceberg.schema.TableShape;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.Record;

/**
 * A merge that changes no row: the first record of a key stays. Of each key its content is kept, in
 * 16 bytes.
 */
final class AppendMerge {
  private final MergeTarget target;
  private final RawBatches raw;
  private final KeyPart part;
  private final BitSet known = new BitSet();
  private long[] highs = new long[0];
  private long[] lows = new long[0];
  private final FateCounts counts;
  private final Refusals refusals;
  private KeyIndex keys = new KeyIndex();

  private AppendMerge(
      MergeTarget target, RawBatches raw, KeyPart part, FateCounts counts, Refusals refusals) {
    this.target = target;
    this.raw = raw;
    this.part = part;
    this.counts = counts;
    this.refusals = refusals;
  }

  static Merge.Result run(
      MergeTarget target, RawBatches raw, List<KeyPart> parts, Refusals refusals)
      throws IOException {
    FateCounts counts = new FateCounts();
    try (RowFiles files = new RowFiles(target.table(), target.operation(), raw.count())) {
      for (KeyPart part : parts) {
        new AppendMerge(target, raw, part, counts, refusals).run(files);
      }
      return new Merge.Result(
          files.finish(), Replaced.NOTHING, counts.accounts(raw.batches()), Map.of());
    }
  }

  private void run(RowFiles files) throws IOException {
    BatchKeys batchKeys = BatchKeys.read(target, raw, part);
    keys = batchKeys.index();
    if (target.head().isPresent()) {
      readTable(batchKeys);
    }
    write(files);
  }

  private void readTable(BatchKeys batchKeys) throws IOException {
    KeyLookup lookup =
        new KeyLookup(target, target.files(batchKeys), batchKeys, List.of(TableShape.HASH));
    int hash = RowStamp.position(lookup.columns(), TableShape.HASH);
    lookup.run(
        file -> (number, row, position) -> keep(number, Fingerprint.of((byte[]) row.get(hash))));
  }

  private synchronized void keep(int number, Fingerprint content) {
    if (number >= highs.length) {
      int more = Math.max(number + 1, Math.max(keys.size(), 2 * highs.length));
      highs = Arrays.copyOf(highs, more);
      lows = Arrays.copyOf(lows, more);
    }
    known.set(number);
    highs[number] = content.high();
    lows[number] = content.low();
  }

  private void write(RowFiles files) throws IOException {
    Fingerprinter fingerprinter = new Fingerprinter(raw.schema(), target.key());
    RowStamp stamp = new RowStamp(raw.schema());
    raw.read(
        raw.schema(),
        (batch, row) -> {
          Fingerprint key = fingerprinter.key(row);
          if (!part.has(key)) {
            return;
          }
          Fingerprint content = fingerprinter.content(row);
          int number = keys.add(key);
          if (!known.get(number)) {
            keep(number, content);
            stamp.put(row, batch, content);
            files.add(row);
            counts.add(batch, Fate.INSERTED);
          } else {
            refuse(batch, row, content, new Fingerprint(highs[number], lows[number]));
          }
        });
  }

  private void refuse(LandedBatch batch, Record row, Fingerprint content, Fingerprint kept) {
    boolean same = content.equals(kept);
    counts.add(batch, same ? Fate.DUPLICATE : Fate.CONFLICTING);
    if (!same) {
      refusals.refuse(batch, row, content.toString(), kept.toString());
    }
  }
}
