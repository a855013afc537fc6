package io.kurobe.nl2sql.model.guard;

import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelFailure.Kind;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelRequest;
import io.kurobe.nl2sql.model.ModelSettings.Limits;
import io.kurobe.nl2sql.model.TokenLedger;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * A model with so many tokens a day, for everyone together and for each user. What an answer takes
 * is known only afterwards, so that the last ones before the limit may go beyond it.
 */
record BudgetedModel(LanguageModel model, Limits limits, TokenLedger ledger, Clock clock)
    implements LanguageModel {
  @Override
  public String name() {
    return model.name();
  }

  @Override
  public ModelReply ask(ModelRequest request) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (limits.tokensPerDay().isPresent()) {
      check(limits.tokensPerDay(), ledger.spent(name(), today), "the day's tokens");
    }
    if (limits.tokensPerUserPerDay().isPresent()) {
      check(
          limits.tokensPerUserPerDay(),
          ledger.spentBy(name(), request.asker(), today),
          "your tokens of the day");
    }
    ModelReply reply = model.ask(request);
    ledger.add(name(), request.asker(), today, reply.tokens());
    return reply;
  }

  private static void check(OptionalLong limit, long spent, String what) {
    if (spent >= limit.getAsLong()) {
      throw new ModelFailure(
          Kind.OVER_BUDGET,
          "was not asked: " + what + " are spent, " + spent + " of " + limit.getAsLong());
    }
  }
}
