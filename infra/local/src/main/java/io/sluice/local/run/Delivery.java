package io.sluice.local.run;

import io.sluice.core.id.BatchId;

/** An input that was announced: the batch that it is, the name of its file, and how often. */
record Delivery(BatchId batch, String source, int times) {
  Delivery again() {
    return new Delivery(batch, source, times + 1);
  }
}
