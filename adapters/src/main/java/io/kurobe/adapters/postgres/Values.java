package io.kurobe.adapters.postgres;

import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.function.Consumer;

/**
 * What can be wrong with the values of one column.
 *
 * @param losses takes what a value loses
 */
record Values(PostgresErrors errors, String column, Consumer<Loss> losses) {
  KurobeException length(int length) {
    return errors.protocol("a value of column \"" + column + "\" has " + length + " bytes");
  }

  KurobeException outOfRange(String value, String type) {
    return errors.value(
        ErrorCode.NUMERIC_OUT_OF_RANGE,
        column,
        "the value " + value + " does not fit into " + type);
  }

  KurobeException notANumber(String what, String type) {
    return errors
        .value(ErrorCode.NUMERIC_OUT_OF_RANGE, column, type + " holds no " + what)
        .withHint("Cast the column to DOUBLE, or leave such rows out.");
  }

  KurobeException infinite(String type) {
    return errors
        .value(ErrorCode.DATETIME_OUT_OF_RANGE, column, type + " holds no infinity")
        .withHint("Cast the column to VARCHAR, or leave such rows out.");
  }

  KurobeException dateTime(String problem) {
    return errors.value(ErrorCode.DATETIME_OUT_OF_RANGE, column, problem);
  }

  KurobeException unsupported(String problem) {
    return errors.value(ErrorCode.DATA, column, problem);
  }
}
