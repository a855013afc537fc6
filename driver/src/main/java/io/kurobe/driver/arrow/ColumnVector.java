package io.kurobe.driver.arrow;

/**
 * The values of a column in one batch. What a caller reads without an object per value depends on
 * the subclass; {@link #object} reads any. Reading a row outside of the batch is the caller's
 * mistake. Threads may share it.
 */
public abstract class ColumnVector {
  private final Validity validity;

  ColumnVector(Validity validity) {
    this.validity = validity;
  }

  /** Whether the value is SQL's NULL. */
  public final boolean isNull(int row) {
    return validity.isNull(row);
  }

  /**
   * The value of a row that is not NULL: Integer, Long, Float, Double, Boolean, BigDecimal, String,
   * byte[], UUID, LocalDate, LocalTime, LocalDateTime, Instant, List, Map or {@link RowValue}.
   */
  public abstract Object object(int row);
}
