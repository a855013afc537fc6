package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.nl2sql.semantic.SemanticModel;
import io.kurobe.planner.catalog.Relation;
import java.nio.file.Path;
import java.util.List;

/**
 * What the configuration file says, checked as far as it can be without reaching a source.
 *
 * @param sources in the file's order
 * @param relations joins that no foreign key declares
 * @param semantic what people call their data
 */
public record Configuration(
    ServerSettings server,
    List<SourceConfig> sources,
    List<Relation> relations,
    EngineSettings engine,
    SecuritySettings security,
    AuditSettings audit,
    KeySettings key,
    LimitSettings limits,
    AskSettings ask,
    SemanticModel semantic) {
  public Configuration {
    requireNonNull(semantic, "semantic is null");
    requireNonNull(server, "server is null");
    sources = List.copyOf(sources);
    relations = List.copyOf(relations);
    requireNonNull(engine, "engine is null");
    requireNonNull(security, "security is null");
    requireNonNull(audit, "audit is null");
    requireNonNull(key, "key is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(ask, "ask is null");
  }

  /** A configuration without a semantic layer. */
  public Configuration(
      ServerSettings server,
      List<SourceConfig> sources,
      List<Relation> relations,
      EngineSettings engine,
      SecuritySettings security,
      AuditSettings audit,
      KeySettings key,
      LimitSettings limits,
      AskSettings ask) {
    this(server, sources, relations, engine, security, audit, key, limits, ask, SemanticModel.NONE);
  }

  /** A configuration with defaults for all but what is given. */
  public static Configuration of(
      ServerSettings server, List<SourceConfig> sources, List<Relation> relations) {
    return new Configuration(
        server,
        sources,
        relations,
        EngineSettings.DuckDb.DEFAULT,
        SecuritySettings.DEFAULT,
        AuditSettings.OFF,
        KeySettings.NONE,
        LimitSettings.DEFAULT,
        AskSettings.DEFAULT);
  }

  /** Reads a file with this process's environment and the kinds of sources on its class path. */
  public static Reading read(Path file) {
    return ConfigurationReader.create().read(file);
  }

  /** What reading a file comes to. */
  public sealed interface Reading {}

  /** The file has no mistake. */
  public record Valid(Configuration configuration) implements Reading {}

  /** The file has mistakes: all of them, in the order of lines. */
  public record Invalid(List<Problem> problems) implements Reading {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
