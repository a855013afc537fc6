package io.kurobe.examples.bench;

import java.util.random.RandomGenerator;

/** What clients of {@code load} do. */
enum LoadKind {
  PREPARED("point, prepared", 50, 40),
  TEXT("point, as a text", 50, 30),
  HALF_READ("scan, read half", 0, 10),
  CANCELLED("cancelled", 0, 5),
  CONNECTION("connection", 0, 10),
  WRONG("wrong SQL", 0, 5);

  private final String label;
  private final int ofHundred;
  private final int ofHundredMixed;

  LoadKind(String label, int ofHundred, int ofHundredMixed) {
    this.label = label;
    this.ofHundred = ofHundred;
    this.ofHundredMixed = ofHundredMixed;
  }

  String label() {
    return label;
  }

  /**
   * What a client does next.
   *
   * @param mixed whether it does anything else than point queries
   */
  static LoadKind any(RandomGenerator random, boolean mixed) {
    int drawn = random.nextInt(100);
    for (LoadKind kind : values()) {
      drawn -= mixed ? kind.ofHundredMixed : kind.ofHundred;
      if (drawn < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("the shares are less than a hundred");
  }
}
