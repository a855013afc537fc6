package io.kurobe.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.session.Limits;
import io.kurobe.server.config.Configuration.Invalid;
import io.kurobe.server.config.Configuration.Valid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {
  private static final Path DIRECTORY = Path.of("/etc/kurobe");

  private record Kind(String type, boolean needsUrl, Set<String> ownKeys) implements SourceFactory {
    @Override
    public Source create(SourceConfig config, SourceRuntime runtime) {
      throw new UnsupportedOperationException("only read");
    }
  }

  private final ConfigurationReader reader =
      new ConfigurationReader(
          Map.of("SALES_PASSWORD", "opensesame", "PORT", "not-a-port-but-a-secret"),
          List.of(
              new Kind("postgres", true, Set.of()), new Kind("duckdb", false, Set.of("tables"))));

  @Test
  void readsEveryKey() {
    Configuration read =
        valid(
            """
            server:
              {host: 0.0.0.0, port: 9000, data: state, timeZone: Europe/Vienna, grace: 25s,
              tls: {certificate: server.crt, key: server.key, password: "${env:SALES_PASSWORD}"}}
            sources:
              sales:
                type: postgres
                url: jdbc:postgresql://db/sales
                user: kurobe
                password: "${env:SALES_PASSWORD}"
                schemas: [public, crm]
                defaultSchema: crm
                pool: {size: 3, idle: 90s}
                timeout: 10s
                readOnly: true
                numericScale: 6
                models: no-values
                selection: plan
              files: {type: duckdb, path: analytics.duckdb, tables: {events: "data/*.parquet"}}
            relations:
              - files.main.page_views.customer_id = sales.public.customers.id
              - 'files.main."odd.name".x = sales.public.t."y=1"'
            engine: {type: duckdb, memory: 4GB, threads: 2, spill: /tmp/spill, spillLimit: 20GB}
            security:
              mode: users
              admin: {user: root, password: "${env:SALES_PASSWORD}"}
              jwt: {issuer: "https://id/", audience: kurobe, jwks: keys.json, userClaim: email,
                rolesClaim: realm_access.roles, claims: [region], clockSkew: 5s}
              minPasswordLength: 9
            limits:
              {queryTimeout: 5m, maxRows: 1000, connections: 7, requestSize: 1MB,
              statements: 10, statementsPerUser: 30, statementsInAll: 70,
              running: 20, runningPerUser: 5, queued: 0, queuedPerUser: 3}
            ask:
              models: {main: {provider: anthropic, model: m, apiKey: "${env:SALES_PASSWORD}"}}
              generators: [{type: in-context, model: main, candidates: 3}, {type: offline}]
              confidence: {warn: 0.6, refuse: 0.1}
            """);

    assertThat(read.server())
        .isEqualTo(
            new ServerSettings(
                "0.0.0.0",
                9000,
                DIRECTORY.resolve("state"),
                Optional.empty(),
                ZoneId.of("Europe/Vienna"),
                Duration.ofSeconds(25),
                Optional.of(
                    new TlsSettings.PemFiles(
                        DIRECTORY.resolve("server.crt"),
                        DIRECTORY.resolve("server.key"),
                        Optional.of("opensesame")))));
    assertThat(read.security())
        .isEqualTo(
            new SecuritySettings(
                SecuritySettings.Mode.USERS,
                Optional.of(new SecuritySettings.FirstAdmin("root", "opensesame")),
                Optional.of(
                    new TokenSettings(
                        "https://id/",
                        "kurobe",
                        DIRECTORY.resolve("keys.json").toUri(),
                        "email",
                        Optional.of("realm_access.roles"),
                        List.of("region"),
                        Duration.ofSeconds(5))),
                9,
                false,
                GrantSettings.NONE));
    assertThat(read.security().toString()).doesNotContain("opensesame");
    SourceConfig sales = read.sources().get(0);
    assertThat(sales.password()).contains("opensesame");
    assertThat(sales.schemas()).containsExactly("public", "crm");
    assertThat(sales.poolSize()).isEqualTo(3);
    assertThat(sales.poolIdle()).isEqualTo(Duration.ofSeconds(90));
    assertThat(sales.models()).isEqualTo(SourceConfig.Models.NO_VALUES);
    assertThat(sales.selection()).isEqualTo(SourceConfig.Selection.PLAN);
    SourceConfig files = read.sources().get(1);
    assertThat(files.path()).contains("/etc/kurobe/analytics.duckdb");
    assertThat(files.tables()).containsEntry("events", "/etc/kurobe/data/*.parquet");
    assertThat(read.relations())
        .containsExactly(
            new Relation(
                new TableName("files", "main", "page_views"),
                List.of("customer_id"),
                new TableName("sales", "public", "customers"),
                List.of("id")),
            new Relation(
                new TableName("files", "main", "odd.name"),
                List.of("x"),
                new TableName("sales", "public", "t"),
                List.of("y=1")));
    assertThat(((EngineSettings.DuckDb) read.engine()).memory()).contains(new DataSize(4L << 30));
    assertThat(((EngineSettings.DuckDb) read.engine()).spillLimit())
        .contains(new DataSize(20L << 30));
    assertThat(read.limits().queryTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(read.limits().requestSize().bytes()).isEqualTo(1 << 20);
    assertThat(read.limits().running()).isEqualTo(new RunningLimits(20, 5, 0, 3));
    assertThat(read.limits().statements()).isEqualTo(new StatementLimits(10, 30, 70));
    assertThat(read.ask().generators())
        .extracting(generator -> generator.kind().word())
        .containsExactly("in-context", "offline");
  }

  @Test
  void reportsEveryMistakeAtOnceWithItsLine() {
    assertThat(
            problems(
                """
                server: {port: 99999}
                sources:
                  sales:
                    type: postgers
                    url: jdbc:postgresql://db/sales
                    usr: kurobe
                    password: "${env:NOT_SET}"
                  temp: {type: duckdb, path: x.duckdb}
                relations:
                  - sales.public.orders = files.main.x.y
                limits: {queryTimeout: soon}
                """))
        .containsExactly(
            "kurobe.yaml:1: 'port' must be a whole number from 0 to 65535, not '99999'",
            "kurobe.yaml:4: unknown type 'postgers'; there are duckdb, postgres; did you mean"
                + " 'postgres'?",
            "kurobe.yaml:6: unknown key 'usr'; did you mean 'user'?",
            "kurobe.yaml:7: the environment variable NOT_SET is not set",
            "kurobe.yaml:8: a source cannot be named 'temp'; choose another name",
            "kurobe.yaml:10: a relation is written source.schema.table.column ="
                + " source.schema.table.column",
            "kurobe.yaml:11: 'queryTimeout' must be a duration such as 30s, 5m at most, not"
                + " 'soon'");
  }

  @Test
  void boundsTheQueryTimeoutAsSetDoes() {
    String source = "sources: {a: {type: duckdb, path: x}}\n";

    assertThat(valid(source).limits().ofStatements(Set.of())).isEqualTo(Limits.DEFAULT);
    assertThat(Limits.DEFAULT.queryTimeout()).isEqualTo(Duration.ofSeconds(30));
    for (String wrong : List.of("301s", "6m", "1d", "0s")) {
      assertThat(problems(source + "limits: {queryTimeout: " + wrong + "}\n"))
          .containsExactly(
              "kurobe.yaml:2: 'queryTimeout' must be a duration such as 30s, 5m at most, not '"
                  + wrong
                  + "'");
    }
  }

  @Test
  void rejectsTwoSourcesOfOneName() {
    assertThat(
            problems(
                """
                sources:
                  a: {type: duckdb, path: x}
                  A: {type: duckdb, path: y}
                  a: {type: duckdb, path: z}
                """))
        .containsExactly(
            "kurobe.yaml:3: two sources are named 'A'; names ignore case",
            "kurobe.yaml:4: 'a' is here twice; first in line 2");
  }

  @Test
  void rejectsAddressOfTheWrongKind() {
    assertThat(
            problems(
                """
                sources:
                  a: {type: duckdb, url: "jdbc:duckdb:x"}
                  b: {type: postgres, path: x}
                """))
        .containsExactlyInAnyOrder(
            "kurobe.yaml:2: a duckdb source has a 'path', not a 'url'",
            "kurobe.yaml:2: 'path' is missing; a duckdb source is a file",
            "kurobe.yaml:3: 'url' is missing; a postgres source is reached by one",
            "kurobe.yaml:3: a postgres source has a 'url', not a 'path'");
  }

  @Test
  void rejectsKeyOfAnotherKindOfSource() {
    assertThat(problems("sources:\n  a: {type: postgres, url: u, tables: {t: x}}\n"))
        .singleElement()
        .asString()
        .startsWith("kurobe.yaml:2: unknown key 'tables'");
  }

  @Test
  void tellsWhatTlsLacks() {
    String source = "sources: {files: {type: duckdb, path: x}}\n";
    assertThat(problems(source + "server: {tls: {certificate: c}}\n"))
        .containsExactly("kurobe.yaml:2: 'tls' needs 'keyStore', or 'certificate' and 'key'");
    assertThat(problems(source + "server: {tls: {keyStore: k}}\n"))
        .containsExactly("kurobe.yaml:2: 'tls' has a 'keyStore' and needs its 'password'");
    assertThat(problems(source + "server: {tls: {keyStore: k, password: p, key: y}}\n"))
        .containsExactly("kurobe.yaml:2: 'tls' has either 'keyStore' or 'certificate' and 'key'");
    assertThat(problems(source + "server: {tls: {keystore: k, password: p}}\n"))
        .containsExactly(
            "kurobe.yaml:2: unknown key 'keystore'; known here: keyStore, certificate, key,"
                + " password",
            "kurobe.yaml:2: 'tls' needs 'keyStore', or 'certificate' and 'key'");
  }

  @Test
  void refusesWhatWouldLeaveAGatewayOpenToANetwork() {
    String source = "sources: {files: {type: duckdb, path: x}}\n";
    for (String host : List.of("0.0.0.0", "10.0.0.1", "::", "kurobe.example", "127.0.0.1.evil")) {
      String server = "server: {host: \"" + host + "\"}\n";
      assertThat(problems(source + server))
          .singleElement()
          .asString()
          .contains("an open gateway believes every name");
      assertThat(problems(source + server + "security: {mode: users}\n"))
          .singleElement()
          .asString()
          .contains("passwords would travel in the open");
      valid(source + server + "security: {mode: users, plaintext: true}\n");
      valid(
          source
              + "server: {host: \""
              + host
              + "\", tls: {certificate: c, key: k}}\nsecurity: {mode: users}\n");
    }
    for (String host : List.of("localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]")) {
      valid(source + "server: {host: \"" + host + "\"}\n");
    }
  }

  @Test
  void tellsWhatSecurityLacks() {
    String source = "sources: {files: {type: duckdb, path: x}}\n";
    assertThat(problems(source + "security: {mode: users, admin: {user: root}}\n"))
        .containsExactly("kurobe.yaml:2: 'admin' needs 'user' and 'password'");
    assertThat(problems(source + "security: {mode: users, admin: {user: r, password: short}}\n"))
        .containsExactly("kurobe.yaml:2: the password has fewer than 8 characters");
    assertThat(problems(source + "security: {mode: users, jwt: {issuer: i, jwks: f}}\n"))
        .containsExactly("kurobe.yaml:2: 'jwt' needs 'issuer', 'audience' and 'jwks'");
    assertThat(
            problems(
                source
                    + "security: {mode: users, jwt: {issuer: i, audience: a,"
                    + " jwks: \"http://id.example/keys\"}}\n"))
        .containsExactly("kurobe.yaml:2: keys that come without TLS may be anyone's: use https");
    assertThat(problems(source + "security: {admin: {user: r, password: long enough}}\n"))
        .containsExactly("kurobe.yaml:2: 'admin' and 'jwt' mean nothing unless 'mode' is users");
  }

  @Test
  void rejectsRelationOfAnUnknownSource() {
    assertThat(
            problems(
                """
                sources: {files: {type: duckdb, path: x}}
                relations: [fles.a.b.c = files.a.b.d]
                """))
        .containsExactly("kurobe.yaml:2: no source is named 'fles'; did you mean 'files'?");
  }

  @Test
  void namesTheLineOfBrokenYaml() {
    assertThat(problems("sources:\n  a: {type: duckdb\n  b: ]\n"))
        .singleElement()
        .asString()
        .startsWith("kurobe.yaml:3: not YAML");
    assertThat(problems(""))
        .containsExactly("kurobe.yaml: it is empty; it needs at least sources:");
  }

  @Test
  void neverPrintsWhatAPlaceholderStoodFor() {
    assertThat(problems("server: {port: \"${env:PORT}\"}\nsources: {a: {type: duckdb, path: x}}\n"))
        .containsExactly(
            "kurobe.yaml:1: 'port' must be a whole number from 0 to 65535, not '${env:PORT}'");
    assertThat(problems("sources: {a: {type: \"${env:PORT}\", path: x}}\n"))
        .containsExactly("kurobe.yaml:1: unknown type '${env:PORT}'; there are duckdb, postgres");
    assertThat(
            valid(
                    """
                    sources: {a: {type: postgres, url: u, password: "${env:SALES_PASSWORD}"}}
                    ask: {models: {m: {provider: openai, model: n, apiKey: "${env:SALES_PASSWORD}"}}}
                    server: {tls: {keyStore: k, password: "${env:SALES_PASSWORD}"}}
                    """)
                .toString())
        .doesNotContain("opensesame");
  }

  @Test
  void readsSecretsFromFilesBesideIt(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("secret.txt"), "s3cret\n");
    Files.writeString(
        directory.resolve("kurobe.yaml"),
        "sources: {a: {type: postgres, url: u, password: \"${file:secret.txt}\"}}\n");

    Valid read = (Valid) reader.read(directory.resolve("kurobe.yaml"));

    assertThat(read.configuration().sources().get(0).password()).contains("s3cret");
    assertThat(((Invalid) reader.read(directory.resolve("absent.yaml"))).problems())
        .singleElement()
        .extracting(Problem::message)
        .isEqualTo("there is no such file");
  }

  private Configuration valid(String text) {
    Configuration.Reading read = reader.read("kurobe.yaml", text, DIRECTORY);
    assertThat(read).isInstanceOf(Valid.class);
    return ((Valid) read).configuration();
  }

  private List<String> problems(String text) {
    Configuration.Reading read = reader.read("kurobe.yaml", text, DIRECTORY);
    assertThat(read).isInstanceOf(Invalid.class);
    return ((Invalid) read).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void readsWhatRolesMayUseAndSaysEachMistakeWithItsLine() {
    String start =
        "sources: {a: {type: duckdb, path: x}}\nsecurity: {mode: users}\nlimits:\n  roles:\n";

    LimitSettings limits =
        valid(start + "    night: {queryTimeout: 1h, longestQuery: 2h, maxScan: 0B, maxRows: 0}\n")
            .limits();
    assertThat(limits.ofStatements(Set.of("night")).queryTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(limits.ofStatements(Set.of("night")).longestTimeout())
        .isEqualTo(Duration.ofHours(2));
    assertThat(limits.ofStatements(Set.of("day"))).isEqualTo(Limits.DEFAULT);
    assertThat(problems(start + "    night: {queryTimeout: 6m, maxScans: 1GB}\n"))
        .containsExactly(
            "kurobe.yaml:5: 'queryTimeout' must be a duration such as 30s, longestQuery at most,"
                + " not '6m'",
            "kurobe.yaml:5: unknown key 'maxScans'; did you mean 'maxScan'?");
    assertThat(
            problems(
                "sources: {a: {type: duckdb, path: x}}\nlimits:\n  roles: {night: {maxRows: 1}}\n"))
        .containsExactly(
            "kurobe.yaml:3: in mode open nobody has a role; set security: {mode: users}");
  }
}
