package io.kurobe.examples.shop;

import org.jspecify.annotations.Nullable;

/** The rows of one table on their way into it. */
interface Rows {
  /**
   * Adds a row.
   *
   * @param values a value for each column in order: Integer, Long, Boolean, String, BigDecimal,
   *     LocalDate, LocalDateTime or null
   */
  void add(@Nullable Object... values);
}
