package io.sluice.simulation.model;

import io.sluice.simulation.model.Batch.Accepted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rows of a table as they must be after some snapshots. */
public final class Rows {
  private final boolean keepsFirst;
  private final Map<String, Row> rows = new TreeMap<>();
  private final Map<String, Version> deletions = new HashMap<>();
  private @Nullable Version truncation;

  /** No rows; of each key the first stays, or the latest. */
  public Rows(boolean keepsFirst) {
    this.keepsFirst = keepsFirst;
  }

  private record Row(Version version, Accepted record, String batch) {}

  /** The same rows, to go on from. */
  public Rows copy() {
    Rows copy = new Rows(keepsFirst);
    copy.rows.putAll(rows);
    copy.deletions.putAll(deletions);
    copy.truncation = truncation;
    return copy;
  }

  /** Takes the batches of one snapshot; says what became of the records of each. */
  public Map<String, Fates> add(List<Batch> batches) {
    Map<String, Fates> fates = new TreeMap<>();
    Map<String, Version> before = Map.copyOf(deletions);
    for (Batch batch : batches.stream().sorted(Batch.ORDER).toList()) {
      Fates own = new Fates();
      for (Accepted record : batch.records()) {
        add(batch, record, own);
      }
      fates.put(batch.id(), own);
    }
    forgetAnswered(before);
    return fates;
  }

  /** Of a key that has a row, the row says enough: no deletion is remembered with it. */
  private void forgetAnswered(Map<String, Version> before) {
    for (String key : rows.keySet()) {
      Version known = before.get(key);
      if (known == null) {
        deletions.remove(key);
      } else {
        deletions.put(key, known);
      }
    }
  }

  /** Somebody with another engine took away the rows that are {@code such}. */
  public void lose(Predicate<String> such) {
    rows.values().removeIf(row -> such.test(row.record().row()));
  }

  private void add(Batch batch, Accepted record, Fates fates) {
    Version version = new Version(record.rank(), batch.modified(), batch.id(), record.ordinal());
    switch (record.op()) {
      case "d" -> delete(record.key(), Version.ofDeletion(record.rank(), batch.modified()), fates);
      case "t" -> truncate(Version.ofDeletion(record.rank(), batch.modified()), fates);
      default -> put(new Row(version, record, batch.id()), fates);
    }
  }

  private void put(Row row, Fates fates) {
    String key = row.record().key();
    Row before = rows.get(key);
    boolean same = before != null && before.record().row().equals(row.record().row());
    if (isDead(key, row.version())) {
      fates.supersede();
    } else if (before == null) {
      rows.put(key, row);
      fates.insert();
    } else if (keepsFirst) {
      if (same) {
        fates.repeat();
      } else {
        fates.conflict();
      }
    } else {
      boolean later = row.version().isAfter(before.version());
      if (later) {
        rows.put(key, row);
      }
      if (same) {
        fates.repeat();
      } else if (later) {
        fates.update();
      } else {
        fates.supersede();
      }
    }
  }

  private boolean isDead(String key, Version version) {
    Version deletion = deletions.get(key);
    return (truncation != null && truncation.isAfter(version))
        || (deletion != null && deletion.isAfter(version));
  }

  private void delete(String key, Version version, Fates fates) {
    Row row = rows.get(key);
    if (row != null && row.version().isAfter(version)) {
      fates.supersede();
      return;
    }
    deletions.merge(key, version, (one, other) -> one.isAfter(other) ? one : other);
    if (rows.remove(key) == null) {
      fates.repeat();
    } else {
      fates.delete();
    }
  }

  private void truncate(Version version, Fates fates) {
    if (truncation != null && !version.isAfter(truncation)) {
      fates.supersede();
      return;
    }
    truncation = version;
    rows.values().removeIf(row -> version.isAfter(row.version()));
    fates.delete();
  }

  /** What readers see, in order of the text. */
  public List<String> visible() {
    return rows.values().stream().map(row -> row.record().row()).sorted().toList();
  }

  /** The numbers of the rows that came with {@code batches}; NaN where a row has none. */
  public List<Double> amounts(Iterable<String> batches) {
    List<Double> amounts = new ArrayList<>();
    for (String batch : batches) {
      for (Row row : rows.values()) {
        if (row.batch().equals(batch)) {
          amounts.add(row.record().amount());
        }
      }
    }
    return amounts;
  }
}
