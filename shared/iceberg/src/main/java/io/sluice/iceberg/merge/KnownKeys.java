package io.sluice.iceberg.merge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.PartitionSpec;

/**
 * The keys of row groups, kept for the merges that follow: a warm function merges one small batch
 * after the other into the same few data files, and these never change. A group is kept when a
 * small batch has it scanned whole for the second time: to take the fingerprints of all its rows
 * costs as much as two scans. It stays for as long as it is asked for: were the last to come to
 * take the place of others, merges that go through more groups than there is room for would find
 * none. See docs/decisions/0014.
 */
public final class KnownKeys {
  /** Of 24 bytes each: 48 MB. */
  private static final long MOST_ROWS = 2_000_000;

  /**
   * Of groups that were scanned once nothing but the names are kept. One that was not asked for
   * while as many others were is one that merges do not come back to.
   */
  private static final int MOST_GROUPS = 1_000;

  /** In a batch of more than one key for so many rows of a group, most of it is other work. */
  private static final int ROWS_A_KEY = 10;

  private final LinkedHashMap<Group, Keys> groups = new LinkedHashMap<>(16, 0.75f, true);
  private final long mostRows;
  private long rows;
  private long asked;

  /** No keys yet. */
  public KnownKeys() {
    this(MOST_ROWS);
  }

  /** Keeps the keys of no more than so many rows. */
  KnownKeys(long mostRows) {
    this.mostRows = mostRows;
  }

  /**
   * The rows of a row group of a data file, under one key.
   *
   * @param file its location, which another file may get once this one is gone: a batch that is
   *     released is merged into files of the same names as before
   * @param commit the sequence number of the commit that added the file
   * @param fields the ids of the key's fields
   */
  record Group(
      UUID table,
      String file,
      long commit,
      int number,
      List<Integer> fields,
      PartitionSpec within) {
    /** Copies the fields. */
    Group {
      fields = List.copyOf(fields);
    }
  }

  /** The hashes and fingerprints of the keys of a row group's rows, in their order. */
  static final class Keys {
    private final long[] hashes;
    private final long[] highs;
    private final long[] lows;
    private int size;
    private long asked;

    /** Room for so many rows. */
    Keys(int rows) {
      hashes = new long[rows];
      highs = new long[rows];
      lows = new long[rows];
    }

    void add(long hash, Fingerprint key) {
      hashes[size] = hash;
      highs[size] = key.high();
      lows[size++] = key.low();
    }

    int size() {
      return size;
    }

    /** Writes the hashes of rows from {@code first} on. */
    void hashes(int first, int count, long[] into) {
      System.arraycopy(hashes, first, into, 0, count);
    }

    Fingerprint key(int row) {
      return new Fingerprint(highs[row], lows[row]);
    }
  }

  /** Of how many rows the keys are kept. */
  synchronized long rows() {
    return rows;
  }

  /** The keys of a group, if they are kept. */
  synchronized Optional<Keys> find(Group group) {
    asked++;
    Keys keys = groups.get(group);
    if (keys != null) {
      keys.asked = asked;
    }
    return Optional.ofNullable(keys).filter(there -> there.size() > 0);
  }

  /**
   * Whether the keys of a group are to be kept now, which is about to be scanned.
   *
   * @param wanted how many keys it is scanned for
   */
  synchronized boolean isDue(Group group, long groupRows, int wanted) {
    return isWorth(groupRows, wanted) && groups.containsKey(group) && hasRoom(groupRows);
  }

  /** Notes that a group was scanned whole. */
  synchronized void scanned(Group group, long groupRows, int wanted) {
    if (isWorth(groupRows, wanted)) {
      put(group, new Keys(0));
    }
  }

  private static boolean isWorth(long groupRows, int wanted) {
    return wanted <= groupRows / ROWS_A_KEY;
  }

  /** Keeps the keys of a group, if there still is room. */
  synchronized void keep(Group group, Keys keys) {
    if (hasRoom(keys.size())) {
      put(group, keys);
    }
  }

  private void put(Group group, Keys keys) {
    keys.asked = asked;
    Keys before = groups.put(group, keys);
    rows += keys.size() - (before == null ? 0 : before.size());
    if (groups.size() > MOST_GROUPS) {
      leaveOldest();
    }
  }

  /** Whether there is room for so many rows, once the groups that nobody asks for have left. */
  private boolean hasRoom(long more) {
    while (rows + more > mostRows
        && !groups.isEmpty()
        && asked - groups.firstEntry().getValue().asked > MOST_GROUPS) {
      leaveOldest();
    }
    return rows + more <= mostRows;
  }

  private void leaveOldest() {
    rows -= Objects.requireNonNull(groups.pollFirstEntry()).getValue().size();
  }
}
