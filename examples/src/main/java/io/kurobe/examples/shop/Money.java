package io.kurobe.examples.shop;

import java.math.BigDecimal;

/** Amounts in cents, which is what the shop reckons in. */
final class Money {
  private Money() {}

  static BigDecimal euro(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }

  /** A price as shops write them: in steps of five cents, and of a euro less five from 20 on. */
  static long price(double cents) {
    if (cents < 2000) {
      return Math.max(5, StrictMath.round(cents / 5) * 5);
    }
    return StrictMath.round(cents / 100) * 100 - 5;
  }
}
