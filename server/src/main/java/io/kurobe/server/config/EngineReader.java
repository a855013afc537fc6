package io.kurobe.server.config;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.server.config.EngineSettings.DuckDb;
import io.kurobe.server.config.EngineSettings.Trino;
import io.kurobe.server.config.EngineSettings.WhenUnseen;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads {@code engine:}. */
final class EngineReader {
  private EngineReader() {}

  static EngineSettings read(Section section, List<SourceConfig> sources, Path directory) {
    boolean trino = section.oneOf("type", Map.of("duckdb", false, "trino", true), false);
    EngineSettings engine = trino ? trino(section, sources) : duckDb(section, directory);
    section.finish();
    return engine;
  }

  private static EngineSettings duckDb(Section section, Path directory) {
    int threads = section.integer("threads", 0, 1, 1_024);
    return new DuckDb(
        section.size("memory"),
        threads == 0 ? OptionalInt.empty() : OptionalInt.of(threads),
        section.text("spill").map(directory::resolve).map(Path::normalize),
        section.size("spillLimit"));
  }

  private static EngineSettings trino(Section section, List<SourceConfig> sources) {
    List<String> names = sources.stream().map(SourceConfig::name).toList();
    String source = section.text("source", "");
    if (source.isEmpty()) {
      section.problem("'source' is missing; the Trino engine is one of the sources");
    } else if (!names.contains(source)) {
      section.problem("source", "no source is named '" + section.written("source") + "'");
    } else if (sources.stream()
        .noneMatch(config -> config.name().equals(source) && config.type().equals("trino"))) {
      section.problem("source", "source '" + source + "' is no Trino");
    }
    Section catalogs = section.section("catalogs");
    Map<String, String> seen = new LinkedHashMap<>();
    for (String name : catalogs.names()) {
      if (!names.contains(name)) {
        catalogs.problem(name, "no source is named '" + name + "'");
      }
      catalogs.text(name).ifPresent(catalog -> seen.put(name, catalog));
    }
    WhenUnseen whenUnseen =
        section.oneOf(
            "whenUnseen",
            Map.of("error", WhenUnseen.ERROR, "duckdb", WhenUnseen.DUCKDB),
            WhenUnseen.ERROR);
    return new Trino(source, seen, whenUnseen);
  }
}
