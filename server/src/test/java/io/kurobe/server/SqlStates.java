package io.kurobe.server;

import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.SQLException;
import org.apache.calcite.avatica.AvaticaClientRuntimeException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The SQLSTATE of what is thrown; the stock client wraps it in an SQLException here and there. */
final class SqlStates {
  private SqlStates() {}

  static String of(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof AvaticaClientRuntimeException known) {
        return known.getSqlState();
      }
      if (at instanceof SQLException known && known.getSQLState() != null) {
        return known.getSQLState();
      }
    }
    return String.valueOf(thrown);
  }
}
