package io.sluice.core.port;

import io.sluice.core.id.SourceObject;
import java.time.Instant;

/** An object as its store describes it. */
public record StoredObject(SourceObject source, long sizeBytes, Instant modified) {}
