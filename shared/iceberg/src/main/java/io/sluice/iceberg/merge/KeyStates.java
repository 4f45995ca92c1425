package io.sluice.iceberg.merge;

import io.sluice.contracts.pipeline.MergePolicy.Deletes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a merge in which the later record stays. Of each key the greatest version of a row
 * and of a deletion are kept, and of the table the greatest truncation: a row stands when it is
 * after both. Greatest versions do not depend on the order in which records come, and so nothing
 * that follows from them does.
 */
final class KeyStates {
  private final KeyIndex index;
  private final Deletes deletes;
  private final List<@Nullable KeyState> states = new ArrayList<>();
  private @Nullable Version truncation;
  private long truncatedRows;
  private long truncations;

  /** States of the keys of {@code index}, and of those that come. */
  KeyStates(KeyIndex index, Deletes deletes, @Nullable Version truncation) {
    this.index = index;
    this.deletes = deletes;
    this.truncation = truncation;
  }

  /** The greatest truncation. */
  @Nullable Version truncation() {
    return truncation;
  }

  /** Rows that truncations took away, and no other record did. */
  long truncatedRows() {
    return truncatedRows;
  }

  /** Records that were counted as deleted for truncating the table. */
  long truncations() {
    return truncations;
  }

  /** Notes a row that the table has; threads may do so together, before anything else. */
  synchronized void found(int number, KeyState row) {
    KeyState state = state(number);
    state.row = row.row;
    state.content = row.content;
    state.place = row.place;
    state.live = row.live;
    foundDeletion(number, row.deleted);
  }

  /** Notes a deletion that is known from earlier merges. */
  synchronized void foundDeletion(int number, @Nullable Version deleted) {
    KeyState state = state(number);
    if (deleted != null && (state.deleted == null || deleted.isAfter(state.deleted))) {
      state.deleted = deleted;
      state.known = deleted;
    }
  }

  /** Whether a row of that version is dead by the truncation alone. */
  boolean isTruncated(Version row) {
    return truncation != null && truncation.isAfter(row);
  }

  /** Takes a record that is a row. */
  Fate put(Fingerprint key, Version version, Fingerprint content) {
    KeyState state = settled(index.add(key));
    boolean same = content.equals(state.content);
    boolean later = state.row == null || version.isAfter(state.row);
    if (isTruncated(version) || (state.deleted != null && state.deleted.isAfter(version))) {
      if (later && deletes == Deletes.SOFT) {
        set(state, version, content, false);
      }
      return Fate.SUPERSEDED;
    }
    if (!state.live) {
      set(state, version, content, true);
      return Fate.INSERTED;
    }
    if (later) {
      set(state, version, content, true);
    }
    return same ? Fate.DUPLICATE : later ? Fate.UPDATED : Fate.SUPERSEDED;
  }

  private static void set(KeyState state, Version row, Fingerprint content, boolean live) {
    state.row = row;
    state.content = content;
    state.live = live;
  }

  /** Takes a record that deletes its key's row. */
  Fate delete(Fingerprint key, Version version) {
    KeyState state = settled(index.add(key));
    if (state.live && state.row != null && state.row.isAfter(version)) {
      return Fate.SUPERSEDED;
    }
    if (state.deleted == null || version.isAfter(state.deleted)) {
      state.deleted = version;
    }
    if (!state.live) {
      return Fate.DUPLICATE;
    }
    state.live = false;
    return Fate.DELETED;
  }

  /** Takes a record that deletes every row before it. */
  Fate truncate(Version version) {
    if (truncation != null && !version.isAfter(truncation)) {
      return Fate.SUPERSEDED;
    }
    truncation = version;
    truncations++;
    return Fate.DELETED;
  }

  /** Counts a row of a key that is not of this merge as truncated. */
  synchronized void countTruncated() {
    truncatedRows++;
  }

  /** Takes the truncation into account for every key, once all records are taken. */
  void settle() {
    for (int number = 0; number < states.size(); number++) {
      if (states.get(number) != null) {
        settled(number);
      }
    }
  }

  /** Hands over every state. */
  void forEach(Consumer<KeyState> sink) {
    for (KeyState state : states) {
      if (state != null) {
        sink.accept(state);
      }
    }
  }

  /** Hands over the key and the deletion of every dead key whose deletion is news. */
  void forEachNewDeletion(java.util.function.BiConsumer<Fingerprint, Version> sink) {
    for (int number = 0; number < states.size(); number++) {
      KeyState state = states.get(number);
      boolean dead = state != null && !state.live && state.deleted != null;
      boolean kept = dead && deletes == Deletes.SOFT && state.row != null;
      if (dead && !kept && state.deleted != null && !state.deleted.equals(state.known)) {
        sink.accept(index.key(number), state.deleted);
      }
    }
  }

  /** Whether the record at {@code ordinal} of {@code batch} is to be a row now. */
  @Nullable KeyState rowOf(Fingerprint key, String batch, long ordinal) {
    int number = index.find(key);
    KeyState state = number < 0 || number >= states.size() ? null : states.get(number);
    boolean wanted =
        state != null
            && state.row != null
            && state.row.isOf(batch, ordinal)
            && (state.live || deletes == Deletes.SOFT);
    return wanted ? state : null;
  }

  /** The state, after a row that a truncation took away is counted as such. */
  private KeyState settled(int number) {
    KeyState state = state(number);
    if (state.live && state.row != null && isTruncated(state.row)) {
      state.live = false;
      truncatedRows++;
    }
    return state;
  }

  private KeyState state(int number) {
    while (states.size() <= number) {
      states.add(null);
    }
    KeyState state = states.get(number);
    if (state == null) {
      state = new KeyState();
      states.set(number, state);
    }
    return state;
  }
}
