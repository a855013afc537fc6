package io.kurobe.server.store;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.model.TokenLedger;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What models took, in the state store, so that a restart makes no budget whole and gateways that
 * share the store share the budgets. Days before yesterday are forgotten.
 */
final class StoredTokens implements TokenLedger {
  private static final Logger LOG = LoggerFactory.getLogger(StoredTokens.class);
  private static final int MOST_NAME = 200;

  private final StateStore store;

  StoredTokens(StateStore store) {
    this.store = store;
  }

  @Override
  public long spentBy(String model, String user, LocalDate day) {
    return store.inTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT COALESCE(SUM(tokens), 0) FROM model_tokens"
                        + " WHERE day = :day AND model = :model AND user_name = :user")
                .bind("day", day.toString())
                .bind("model", Texts.storable(model, MOST_NAME))
                .bind("user", Texts.storable(user, MOST_NAME))
                .mapTo(Long.class)
                .one());
  }

  @Override
  public long spent(String model, LocalDate day) {
    return store.inTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT COALESCE(SUM(tokens), 0) FROM model_tokens"
                        + " WHERE day = :day AND model = :model")
                .bind("day", day.toString())
                .bind("model", Texts.storable(model, MOST_NAME))
                .mapTo(Long.class)
                .one());
  }

  /** A store that cannot be written costs nobody the answer that is there already. */
  @Override
  public void add(String model, String user, LocalDate day, long tokens) {
    try {
      store.inTransaction(
          handle -> {
            handle
                .createUpdate("DELETE FROM model_tokens WHERE day < :yesterday")
                .bind("yesterday", day.minusDays(1).toString())
                .execute();
            return handle
                .createUpdate(
                    "INSERT INTO model_tokens (day, model, user_name, tokens)"
                        + " VALUES (:day, :model, :user, :tokens)"
                        + " ON CONFLICT (day, model, user_name)"
                        + " DO UPDATE SET tokens = model_tokens.tokens + excluded.tokens")
                .bind("day", day.toString())
                .bind("model", Texts.storable(model, MOST_NAME))
                .bind("user", Texts.storable(user, MOST_NAME))
                .bind("tokens", tokens)
                .execute();
          });
    } catch (KurobeException e) {
      LOG.warn("{} tokens of model '{}' were not counted: {}", tokens, model, e.getMessage());
    }
  }
}
