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
  private final KeyIndex keys;
  private final BitSet known = new BitSet();
  private long[] highs = new long[0];
  private long[] lows = new long[0];
  private final FateCounts counts = new FateCounts();
  private final Refusals refusals;

  private AppendMerge(MergeTarget target, RawBatches raw, BatchKeys keys, Refusals refusals) {
    this.target = target;
    this.raw = raw;
    this.refusals = refusals;
    this.keys = keys.index();
  }

  static Merge.Result run(MergeTarget target, RawBatches raw, Refusals refusals)
      throws IOException {
    BatchKeys keys = BatchKeys.read(target, raw);
    AppendMerge merge = new AppendMerge(target, raw, keys, refusals);
    if (target.head().isPresent()) {
      merge.readTable(keys);
    }
    try (RowFiles files = new RowFiles(target.table(), target.operation(), raw.count())) {
      merge.write(files);
      return new Merge.Result(
          files.finish(), Replaced.NOTHING, merge.counts.accounts(raw.batches()), Map.of());
    }
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
          Fingerprint content = fingerprinter.content(row);
          int number = keys.add(fingerprinter.key(row));
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
