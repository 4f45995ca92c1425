package io.sluice.simulation.model;

/** What became of the records of a batch that were accepted. */
public final class Fates {
  private long inserted;
  private long updated;
  private long deleted;
  private long duplicate;
  private long superseded;
  private long conflicting;

  void insert() {
    inserted++;
  }

  void update() {
    updated++;
  }

  void delete() {
    deleted++;
  }

  void repeat() {
    duplicate++;
  }

  void supersede() {
    superseded++;
  }

  void conflict() {
    conflicting++;
  }

  /** How many rows it brought or changed. */
  public long added() {
    return inserted + updated;
  }

  /** How many records there were. */
  public long total() {
    return inserted + updated + deleted + duplicate + superseded + conflicting;
  }

  @Override
  public String toString() {
    return "inserted=%d updated=%d deleted=%d duplicate=%d superseded=%d conflicting=%d"
        .formatted(inserted, updated, deleted, duplicate, superseded, conflicting);
  }
}
