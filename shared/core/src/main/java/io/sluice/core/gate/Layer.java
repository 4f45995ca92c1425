package io.sluice.core.gate;

/** What a gate looks at. */
public enum Layer {
  /** One batch, before it is announced. */
  RAW("raw"),
  /** What one audit snapshot adds. */
  CURATED("curated"),
  /** The whole table as readers would see it. */
  SERVING("serving");

  private final String word;

  Layer(String word) {
    this.word = word;
  }

  /** As in {@code pipeline.yaml}. */
  public String word() {
    return word;
  }
}
