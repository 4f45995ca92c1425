package io.sluice.contracts.pipeline;

/**
 * How large what comes in may be. A record beyond a limit is rejected, an object beyond one is
 * unreadable; nothing is dropped.
 *
 * @param recordBytes of one record, as it came
 * @param depth how many objects and arrays may lie in one another
 * @param fields of one record, those inside others included
 * @param stringBytes of one string, in UTF-8
 * @param objectBytes of one object, decompressed
 * @param ratio how many times its compressed size an object may have
 * @param rows records in one object
 * @param errors how many errors of one record are told one by one
 */
public record Limits(
    int recordBytes,
    int depth,
    int fields,
    int stringBytes,
    long objectBytes,
    int ratio,
    long rows,
    int errors) {
  /**
   * 16 MiB records, as large as any message broker carries; twice as deep as a contract may be; ten
   * thousand fields; 8 MiB strings; 100 GiB objects, ten times the largest that people send; a
   * ratio that no real data reaches; a billion rows; as many errors as people read.
   */
  public static final Limits DEFAULT =
      new Limits(16 << 20, 64, 10_000, 8 << 20, 100L << 30, 1_000, 1_000_000_000L, 100);
}
