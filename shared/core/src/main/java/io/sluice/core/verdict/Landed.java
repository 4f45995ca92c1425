package io.sluice.core.verdict;

import io.sluice.core.batch.Manifest;
import io.sluice.core.id.SourceObject;

/** What land says of one source object. */
public sealed interface Landed {
  /** Landed by this call, in whatever state its manifest says. */
  record Now(Manifest manifest) implements Landed {}

  /** Landed before: nothing was written; an accepted batch was announced again. */
  record Already(Manifest manifest) implements Landed {}

  /** This version of the object is there no more; a newer one announces itself. */
  record Gone(SourceObject source) implements Landed {}
}
