package io.kurobe.server.config;

import io.kurobe.adapters.error.NearestNames;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceConfig.Models;
import io.kurobe.adapters.source.SourceConfig.Selection;
import io.kurobe.adapters.source.SourceFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code sources:}. */
record SourceReader(Map<String, SourceFactory> kinds, Path directory) {
  /** Names that mean something else in SQL or in the engine. */
  private static final Set<String> REFUSED = Set.of("system", "temp", "memory", "main", "views");

  private static final Set<String> OPTIONAL_KEYS = Set.of("tables");

  List<SourceConfig> read(Section file) {
    Section sources = file.section("sources");
    List<SourceConfig> result = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : sources.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (REFUSED.contains(lower)) {
        sources.problem(name, "a source cannot be named '" + name + "'; choose another name");
      } else if (!seen.add(lower)) {
        sources.problem(name, "two sources are named '" + name + "'; names ignore case");
      } else if (name.isBlank() || name.contains("\"") || name.contains(".")) {
        sources.problem(name, "'" + name + "' cannot name a source: no quotes, no dots");
      }
      source(name, sources.section(name)).ifPresent(result::add);
    }
    if (sources.names().isEmpty()) {
      file.problem("sources", "there is no source; sources: needs at least one");
    }
    return result;
  }

  private Optional<SourceConfig> source(String name, Section section) {
    Optional<SourceFactory> kind = kind(section);
    Optional<String> url = section.text("url");
    Optional<String> path = section.text("path").map(this::fromDirectory);
    Map<String, String> tables = tables(section, kind);
    kind.ifPresent(known -> checkAddress(section, known, url, path, tables));
    if (!section.flag("readOnly", true)) {
      section.problem("readOnly", "Kurobe does not write to sources: readOnly can only be true");
    }
    Section pool = section.section("pool");
    SourceConfig config =
        new SourceConfig(
            name,
            section.text("type", ""),
            url,
            path,
            section.text("user"),
            section.secretText("password"),
            section.texts("schemas"),
            section.text("defaultSchema"),
            pool.integer("size", 8, 1, 1_000),
            pool.duration("idle", Duration.ofMinutes(5)),
            section.duration("timeout", Duration.ofSeconds(30)),
            section.integer("numericScale", 12, 0, 38),
            section.oneOf(
                "models",
                Map.of(
                    "allow", Models.ALLOW,
                    "no-values", Models.NO_VALUES,
                    "closed", Models.CLOSED),
                Models.ALLOW),
            section.oneOf(
                "selection",
                Map.of("plan", Selection.PLAN, "execute", Selection.EXECUTE),
                Selection.EXECUTE),
            tables);
    pool.finish();
    section.finish();
    return Optional.of(config);
  }

  private Optional<SourceFactory> kind(Section section) {
    Optional<String> type = section.text("type");
    String known = String.join(", ", kinds.keySet());
    if (type.isEmpty()) {
      section.problem("'type' is missing; it is one of " + known);
      return Optional.empty();
    }
    if (!kinds.containsKey(type.get())) {
      String nearest =
          NearestNames.of(type.get(), kinds.keySet()).stream()
              .findFirst()
              .map(name -> "; did you mean '" + name + "'?")
              .orElse("");
      section.problem(
          "type", "unknown type '" + section.written("type") + "'; there are " + known + nearest);
    }
    return Optional.ofNullable(kinds.get(type.get()));
  }

  private Map<String, String> tables(Section section, Optional<SourceFactory> kind) {
    Set<String> own = kind.map(SourceFactory::ownKeys).orElse(OPTIONAL_KEYS);
    section.allow(own);
    if (!own.contains("tables") || !section.has("tables")) {
      return Map.of();
    }
    Section tables = section.section("tables");
    Map<String, String> result = new LinkedHashMap<>();
    for (String table : tables.names()) {
      tables.text(table).ifPresent(files -> result.put(table, fromDirectory(files)));
    }
    return result;
  }

  private static void checkAddress(
      Section section,
      SourceFactory kind,
      Optional<String> url,
      Optional<String> path,
      Map<String, String> tables) {
    if (kind.needsUrl()) {
      if (url.isEmpty()) {
        section.problem("'url' is missing; a " + kind.type() + " source is reached by one");
      }
      url.flatMap(kind::expectedUrl)
          .ifPresent(form -> section.problem("url", "'url' must be " + form));
      if (path.isPresent()) {
        section.problem("path", "a " + kind.type() + " source has a 'url', not a 'path'");
      }
    } else {
      if (url.isPresent()) {
        section.problem("url", "a " + kind.type() + " source has a 'path', not a 'url'");
      }
      if (path.isEmpty() && tables.isEmpty()) {
        section.problem("'path' is missing; a " + kind.type() + " source is a file");
      }
    }
  }

  /** A file or glob from the configuration's directory; globs are no paths on every system. */
  private String fromDirectory(String file) {
    return file.contains("://") || file.startsWith("/")
        ? file
        : directory.resolve(".").normalize() + "/" + file;
  }
}
