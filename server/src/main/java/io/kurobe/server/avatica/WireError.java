package io.kurobe.server.avatica;

import io.kurobe.server.statement.ErrorMapping;
import io.kurobe.server.statement.StatementException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;

/** Errors as Avatica carries them: number, SQLSTATE and one line; nothing of the server's code. */
final class WireError {
  private WireError() {}

  /** Runs a call of {@code Meta}, whose only exception is Avatica's own. */
  static <T> T mapped(Supplier<T> call) {
    try {
      return call.get();
    } catch (WaitsForItsTurn e) {
      throw e;
    } catch (Throwable e) {
      throw of(ErrorMapping.map(e, null));
    }
  }

  static AvaticaRuntimeException of(StatementException error) {
    return new AvaticaRuntimeException(
        error.line(),
        error.error().code().number(),
        error.error().code().sqlState(),
        AvaticaSeverity.ERROR);
  }

  static ErrorResponse response(AvaticaRuntimeException error) {
    // An empty list of exceptions: null would make some clients fail while they read the error.
    return new ErrorResponse(
        List.of(),
        error.getErrorMessage(),
        error.getErrorCode(),
        error.getSqlState(),
        error.getSeverity(),
        null);
  }
}
