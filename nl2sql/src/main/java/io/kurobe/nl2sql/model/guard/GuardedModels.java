package io.kurobe.nl2sql.model.guard;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelListener;
import io.kurobe.nl2sql.model.ModelSettings;
import io.kurobe.nl2sql.model.TokenLedger;
import io.kurobe.nl2sql.model.provider.Providers;
import io.kurobe.nl2sql.model.provider.RecordingModel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The models of a configuration, each with its guards: from the outside in, its fall-backs, the
 * count of its answers, its limits of time and length, its budget, retries, the record of its
 * answers, its turns, the breaker. Threads share it.
 */
public final class GuardedModels {
  /** How long a model that failed too often is left alone. */
  private static final Duration REST = Duration.ofSeconds(30);

  private final Map<String, LanguageModel> models = new LinkedHashMap<>();

  /**
   * Opens the models; none is asked anything yet.
   *
   * @param settings by name; fall-backs are names of it
   * @param ledger where what they take is counted
   * @throws KurobeException CONFIGURATION if recorded answers cannot be read
   */
  public GuardedModels(
      Map<String, ModelSettings> settings,
      TokenLedger ledger,
      ModelListener listener,
      Clock clock) {
    this(settings, ledger, listener, clock, REST);
  }

  GuardedModels(
      Map<String, ModelSettings> settings,
      TokenLedger ledger,
      ModelListener listener,
      Clock clock,
      Duration rest) {
    requireNonNull(listener, "listener is null");
    var providers = new Providers();
    Map<String, LanguageModel> single = new LinkedHashMap<>();
    settings.forEach(
        (name, model) -> {
          LanguageModel asked =
              new CrowdedModel(
                  new RestingModel(providers.model(name, model), rest, listener),
                  model.limits().concurrency());
          if (model.record().isPresent()) {
            asked =
                new RecordingModel(asked, model.model().orElse(""), model.record().orElseThrow());
          }
          asked = new RetryingModel(asked, model.limits().retries(), listener);
          asked = new BudgetedModel(asked, model.limits(), ledger, clock);
          asked = new LimitedModel(asked, model.limits());
          single.put(name, new MeteredModel(asked, model.price(), listener));
        });
    settings.keySet().forEach(name -> models.put(name, guarded(name, settings, single, listener)));
  }

  private static LanguageModel guarded(
      String name,
      Map<String, ModelSettings> settings,
      Map<String, LanguageModel> single,
      ModelListener listener) {
    Set<String> names = new LinkedHashSet<>();
    String next = name;
    while (next != null && names.add(next)) {
      ModelSettings found = settings.get(next);
      next = found == null ? null : found.fallback().orElse(null);
    }
    List<LanguageModel> chain = new ArrayList<>();
    names.stream().filter(single::containsKey).map(single::get).forEach(chain::add);
    return new GuardedModel(List.copyOf(chain), listener);
  }

  /**
   * The model of a name.
   *
   * @throws KurobeException CONFIGURATION if there is none
   */
  public LanguageModel model(String name) {
    LanguageModel model = models.get(name);
    if (model == null) {
      throw new KurobeException(ErrorCode.CONFIGURATION, "no model is named '" + name + "'");
    }
    return model;
  }
}
