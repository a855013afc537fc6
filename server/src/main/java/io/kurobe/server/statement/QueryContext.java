package io.kurobe.server.statement;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The query id in the logging context, of whatever thread works for a statement. */
final class QueryContext {
  private QueryContext() {}

  /** Does something whose log lines carry a query id; without one it is just done. */
  static void run(@Nullable String queryId, Runnable work) {
    if (queryId == null) {
      work.run();
      return;
    }
    String before = MDC.get(Run.MDC_KEY);
    MDC.put(Run.MDC_KEY, queryId);
    try {
      work.run();
    } finally {
      if (before == null) {
        MDC.remove(Run.MDC_KEY);
      } else {
        MDC.put(Run.MDC_KEY, before);
      }
    }
  }
}
