package io.kurobe.server.config;

import io.kurobe.adapters.error.NearestNames;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.nl2sql.semantic.SemanticModel;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.server.config.Configuration.Invalid;
import io.kurobe.server.config.Configuration.Reading;
import io.kurobe.server.config.Configuration.Valid;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads the configuration. It goes on after a mistake, so that all are reported at once; paths in
 * the file are meant from the file's directory.
 */
public final class ConfigurationReader {
  private final Map<String, String> environment;
  private final Map<String, SourceFactory> kinds;

  /**
   * Makes a reader.
   *
   * @param environment where {@code ${env:NAME}} is looked up
   * @param kinds the kinds of sources there are
   */
  public ConfigurationReader(Map<String, String> environment, Iterable<SourceFactory> kinds) {
    this.environment = Map.copyOf(environment);
    this.kinds = new TreeMap<>();
    kinds.forEach(kind -> this.kinds.put(kind.type(), kind));
  }

  /** With this process's environment and the kinds of sources on its class path. */
  public static ConfigurationReader create() {
    return new ConfigurationReader(System.getenv(), ServiceLoader.load(SourceFactory.class));
  }

  /** Reads a file. */
  public Reading read(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      Path directory = file.toAbsolutePath().normalize().getParent();
      return read(name, Files.readString(file), directory == null ? Path.of("/") : directory);
    } catch (NoSuchFileException e) {
      return new Invalid(List.of(new Problem(file.toString(), 0, "there is no such file")));
    } catch (MalformedInputException e) {
      return new Invalid(List.of(new Problem(file.toString(), 0, "it is not text in UTF-8")));
    } catch (IOException e) {
      return new Invalid(List.of(new Problem(file.toString(), 0, "it cannot be read")));
    }
  }

  /**
   * Reads the text of a file.
   *
   * @param name the file's name, for messages
   * @param directory from which paths are meant
   */
  public Reading read(String name, String text, Path directory) {
    Problems problems = new Problems(name);
    Node root;
    try {
      root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      return new Invalid(List.of(new Problem(name, line, "not YAML: " + e.getProblem())));
    } catch (YAMLException e) {
      return new Invalid(List.of(new Problem(name, 0, "not YAML text")));
    }
    if (root == null) {
      return new Invalid(List.of(new Problem(name, 0, "it is empty; it needs at least sources:")));
    }
    Placeholders placeholders = new Placeholders(environment, directory, problems);
    Section file = new Section("the file", root, problems, placeholders);
    List<Problem> ofLayer = new ArrayList<>();
    Configuration configuration = configuration(file, directory, problems, ofLayer);
    List<Problem> all = new ArrayList<>(problems.all());
    all.addAll(ofLayer);
    return all.isEmpty() ? new Valid(configuration) : new Invalid(all);
  }

  private Configuration configuration(
      Section file, Path directory, Problems problems, List<Problem> ofLayer) {
    ServerSettings server = server(file.section("server"), directory);
    List<SourceConfig> sources = new SourceReader(kinds, directory).read(file);
    List<Relation> relations = relations(file, sources, problems);
    EngineSettings engine = EngineReader.read(file.section("engine"), sources, directory);
    Section secured = file.section("security");
    secured.allow(Set.of(KeySettings.KEY));
    SecuritySettings security =
        SecurityReader.read(
            secured, server, sources.stream().map(SourceConfig::name).toList(), directory);
    AuditSettings audit = AuditSettings.read(file.section("audit"), security);
    KeySettings key = KeySettings.read(file.section("security"), environment);
    LimitSettings limits = LimitReader.read(file.section("limits"), security);
    AskSettings ask = AskReader.read(file.section("ask"), directory);
    SemanticModel semantic =
        SemanticReader.read(file.texts("semantic"), directory, environment, ofLayer);
    file.finish();
    return new Configuration(
        server, sources, relations, engine, security, audit, key, limits, ask, semantic);
  }

  private static ServerSettings server(Section section, Path directory) {
    String host = section.text("host", ServerSettings.DEFAULT_HOST);
    int port = section.integer("port", ServerSettings.DEFAULT_PORT, 0, 65_535);
    Path data = directory.resolve(section.text("data", "kurobe-data")).normalize();
    ZoneId zone =
        section.value(
            "timeZone",
            TimeZones.UTC,
            "a time zone such as UTC or Europe/Vienna",
            TimeZones::parse);
    Duration grace = section.duration("grace", ServerSettings.DEFAULT_GRACE);
    Optional<StateSettings> state = StateReader.read(section);
    Optional<TlsSettings> tls = TlsReader.read(section, directory);
    section.finish();
    return new ServerSettings(host, port, data, state, zone, grace, tls);
  }

  private static List<Relation> relations(
      Section file, List<SourceConfig> sources, Problems problems) {
    List<String> names = sources.stream().map(SourceConfig::name).toList();
    List<Relation> relations = new ArrayList<>();
    for (Node item : file.items("relations")) {
      String text = item instanceof ScalarNode scalar ? scalar.getValue() : "";
      Optional<Relation> relation = RelationText.parse(text);
      if (relation.isEmpty()) {
        problems.add(
            item, "a relation is written source.schema.table.column = source.schema.table.column");
        continue;
      }
      for (String source : List.of(relation.get().from().source(), relation.get().to().source())) {
        if (!names.contains(source)) {
          String nearest =
              NearestNames.of(source, names).stream()
                  .findFirst()
                  .map(name -> "; did you mean '" + name + "'?")
                  .orElse("");
          problems.add(item, "no source is named '" + source + "'" + nearest);
        }
      }
      relations.add(relation.get());
    }
    return relations;
  }
}
