package io.sluice.local.quarantine;

import io.sluice.core.batch.RecordError;
import io.sluice.iceberg.quarantine.QuarantineEntry;
import java.util.Locale;

/** What rejected records can be grouped by. */
public enum Column {
  /** The code of an error. */
  CODE,
  /** Where in the record an error is, elements of arrays as {@code []}. */
  PATH,
  /** The class of the rejection. */
  CLASS,
  /** How the record stands. */
  STATUS,
  /** The batch that it came in. */
  BATCH,
  /** The object that it came in. */
  SOURCE;

  /** As on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String of(QuarantineEntry entry, RecordError error) {
    return switch (this) {
      case CODE -> error.code();
      case PATH -> path(error);
      case CLASS -> entry.quarantined().record().errorClass().word();
      case STATUS -> entry.status().word();
      case BATCH -> entry.quarantined().origin().batch().value();
      case SOURCE -> entry.quarantined().origin().source().name().toString();
    };
  }

  static String path(RecordError error) {
    return error.path().replaceAll("\\[\\d+]", "[]");
  }
}
