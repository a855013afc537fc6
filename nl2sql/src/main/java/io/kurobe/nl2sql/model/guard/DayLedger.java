package io.kurobe.nl2sql.model.guard;

import io.kurobe.nl2sql.model.TokenLedger;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** The tokens of the current day, in memory: what was spent is forgotten when the gateway stops. */
public final class DayLedger implements TokenLedger {
  private record Account(String model, String user) {}

  private final Map<Account, Long> users = new HashMap<>();
  private final Map<String, Long> models = new HashMap<>();
  private LocalDate today = LocalDate.MIN;

  @Override
  public synchronized long spentBy(String model, String user, LocalDate day) {
    return day.equals(today) ? users.getOrDefault(new Account(model, user), 0L) : 0;
  }

  @Override
  public synchronized long spent(String model, LocalDate day) {
    return day.equals(today) ? models.getOrDefault(model, 0L) : 0;
  }

  @Override
  public synchronized void add(String model, String user, LocalDate day, long tokens) {
    if (day.isAfter(today)) {
      users.clear();
      models.clear();
      today = day;
    }
    if (day.equals(today)) {
      users.merge(new Account(model, user), tokens, Long::sum);
      models.merge(model, tokens, Long::sum);
    }
  }
}
