package io.kurobe.server.config;

import io.kurobe.adapters.error.NearestNames;
import io.kurobe.nl2sql.model.ModelSettings;
import io.kurobe.nl2sql.model.ModelSettings.Limits;
import io.kurobe.nl2sql.model.ModelSettings.Price;
import io.kurobe.nl2sql.model.Provider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code ask.models:}. */
final class ModelReader {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private ModelReader() {}

  static Map<String, ModelSettings> read(Section section, Path directory) {
    Map<String, ModelSettings> models = new LinkedHashMap<>();
    for (String name : section.names()) {
      model(section.section(name), directory).ifPresent(model -> models.put(name, model));
    }
    models.forEach(
        (name, model) ->
            model.fallback().ifPresent(other -> checkFallback(section, models, name, other)));
    return models;
  }

  private static Optional<ModelSettings> model(Section section, Path directory) {
    @Nullable Provider none = null;
    Map<String, Provider> providers = Provider.byWord();
    Optional<String> word = section.text("provider");
    Provider provider = word.map(text -> providers.get(text.strip())).orElse(none);
    if (word.isEmpty()) {
      section.problem("'provider' is missing; it is one of " + words(providers.keySet()));
    } else if (provider == null) {
      String nearest =
          NearestNames.of(word.get(), providers.keySet()).stream()
              .findFirst()
              .map(name -> "; did you mean '" + name + "'?")
              .orElse("");
      section.problem(
          "provider",
          "unknown provider '"
              + section.written("provider")
              + "'; there are "
              + words(providers.keySet())
              + nearest);
    }
    Optional<String> model = section.text("model");
    Optional<String> url = section.text("url");
    Optional<String> key = section.text("apiKey");
    Optional<Path> file = section.text("file").map(directory::resolve);
    Optional<Path> record = section.text("record").map(directory::resolve);
    Limits limits = limits(section);
    Optional<Price> price = price(section);
    Optional<String> fallback = section.text("fallback");
    if (provider != null) {
      check(section, provider, model, url, key, file, record);
    }
    section.finish();
    return Optional.ofNullable(provider)
        .map(
            known ->
                new ModelSettings(known, model, url, key, file, record, limits, price, fallback));
  }

  private static void check(
      Section section,
      Provider provider,
      Optional<String> model,
      Optional<String> url,
      Optional<String> key,
      Optional<Path> file,
      Optional<Path> record) {
    String who = "provider " + provider.word();
    if (provider == Provider.REPLAY) {
      if (file.isEmpty()) {
        section.problem("'file' is missing; " + who + " reads recorded answers from one");
      }
      record.ifPresent(some -> section.problem("record", who + " records nothing"));
      url.ifPresent(some -> section.problem("url", who + " has a 'file', not a 'url'"));
      return;
    }
    if (model.filter(name -> !name.isBlank()).isEmpty()) {
      section.problem("'model' is missing: the name that " + who + " has for it");
    }
    file.ifPresent(some -> section.problem("file", "only provider replay reads a 'file'"));
    if (provider == Provider.OPENAI_COMPATIBLE && url.isEmpty()) {
      section.problem("'url' is missing, such as http://127.0.0.1:8000/v1");
    }
    if (url.isPresent() && !isAddress(url.get())) {
      section.problem("url", "'url' must be such as https://host/v1");
    }
    if (provider.needsKey() && url.isEmpty() && key.filter(text -> !text.isBlank()).isEmpty()) {
      section.problem("'apiKey' is missing; keep it out of the file with ${env:NAME}");
    }
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = URI.create(text.strip());
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Limits limits(Section section) {
    Limits standard = Limits.DEFAULT;
    return new Limits(
        section.value(
            "timeout",
            standard.timeout(),
            "a duration such as 30s, 10m at most",
            text ->
                Durations.parse(text)
                    .filter(time -> !time.isZero() && time.compareTo(LONGEST) <= 0)),
        section.integer("retries", standard.retries(), 0, 10),
        section.integer("concurrency", standard.concurrency(), 1, 1_000),
        section.integer("maxTokens", standard.maxTokens(), 1, 1_000_000),
        tokens(section, "tokensPerUserPerDay"),
        tokens(section, "tokensPerDay"));
  }

  private static OptionalLong tokens(Section section, String key) {
    long none = 0;
    long tokens =
        section.value(
            key,
            none,
            "a whole number of at least 1",
            text -> text.strip().matches("[1-9]\\d{0,14}") ? parsed(text) : Optional.empty());
    return tokens == none ? OptionalLong.empty() : OptionalLong.of(tokens);
  }

  private static Optional<Long> parsed(String text) {
    return Optional.of(Long.parseLong(text.strip()));
  }

  private static Optional<Price> price(Section section) {
    if (!section.has("pricePerMillion")) {
      return Optional.empty();
    }
    Section price = section.section("pricePerMillion");
    String form = "a price such as 3 or 0.25";
    Price read =
        new Price(
            price.value("in", 0.0, form, AskReader::number),
            price.value("out", 0.0, form, AskReader::number));
    price.finish();
    return Optional.of(read);
  }

  private static void checkFallback(
      Section models, Map<String, ModelSettings> settings, String name, String fallback) {
    if (!models.names().contains(fallback)) {
      models.problem(
          name,
          "'fallback' of '"
              + name
              + "': no model is named '"
              + fallback
              + "'"
              + NearestNames.of(fallback, models.names()).stream()
                  .findFirst()
                  .map(nearest -> "; did you mean '" + nearest + "'?")
                  .orElse(""));
      return;
    }
    Set<String> seen = new HashSet<>(Set.of(name));
    String next = fallback;
    while (next != null) {
      if (!seen.add(next)) {
        models.problem(name, "'fallback' of '" + name + "' leads back to '" + next + "'");
        return;
      }
      ModelSettings found = settings.get(next);
      next = found == null ? null : found.fallback().orElse(null);
    }
  }

  private static String words(Set<String> words) {
    return String.join(", ", words.stream().sorted().toList());
  }
}
