package io.sluice.iceberg.audit;

/**
 * One thing that is not as it must be.
 *
 * @param code what kind of fault, a constant in lower case with hyphens
 * @param subject what has it: a batch, a snapshot, a file, a key
 * @param detail one sentence for people
 */
public record Finding(String code, String subject, String detail) {
  @Override
  public String toString() {
    return code + ": " + subject + ": " + detail;
  }
}
