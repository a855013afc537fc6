package io.kurobe.nl2sql.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.nl2sql.CatalogText;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.memory.TaughtPair;
import io.kurobe.planner.question.QuestionSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Teaching a pair never changes the answer to an unrelated question: of each database all questions
 * but one are taught, and the one is asked. What memory answers then must be the query that is
 * known to be right for it, which is so where the questions differ only in a value.
 */
class UnrelatedQuestionsTest {
  private static final int EVERY = Integer.getInteger("kurobe.questions.every", 4);
  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE \"([^\"]+)\" \\((.*?)\\n?\\);", Pattern.DOTALL);
  private static final Pattern COMPARED =
      Pattern.compile("(\\w+)\\s*(?:=|!=|<>)\\s*[\"']([^\"']*)[\"']");
  private static final Pattern COLUMN = Pattern.compile("(?m)^\\s*\"([^\"]+)\" (\\w+)");

  private record Known(String question, String sql) {}

  @Test
  void whatIsTaughtChangesNoOtherAnswer() throws IOException {
    Path data =
        Path.of(System.getenv().getOrDefault("KUROBE_SHARED", "../shared"), "data", "spider-train");
    assumeTrue(Files.isDirectory(data), "the questions are not on this machine: set KUROBE_SHARED");
    int asked = 0;
    int answered = 0;
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, List<JsonNode>> each : questions(data).entrySet()) {
      String source = each.getKey();
      QuestionSupport support = support(data, source, each.getValue());
      List<Known> known = new ArrayList<>();
      for (JsonNode question : each.getValue()) {
        qualified(question.get("sql").asText(), source, support)
            .ifPresent(sql -> known.add(new Known(question.get("question").asText(), sql)));
      }
      var index =
          new TaughtIndex(
              known.stream()
                  .map(one -> new TaughtPair(one.question(), one.sql(), "ada", Instant.EPOCH))
                  .toList());
      for (Known one : known) {
        asked++;
        String own = TaughtPair.normalised(one.question());
        for (TaughtIndex.Match match : index.find(one.question())) {
          if (match.isExact() || match.skeleton().pair().key().equals(own)) {
            continue;
          }
          Optional<String> sql = Filling.fill(match, one.question(), support);
          if (sql.isPresent()) {
            answered++;
            if (!same(sql.get(), one.sql())) {
              wrong.add(
                  one.question()
                      + "\n  taught: "
                      + match.skeleton().pair().question()
                      + "\n  gives: "
                      + sql.get()
                      + "\n  right: "
                      + one.sql());
            }
          }
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d questions asked with all others of their database taught: %d times another value was"
            + " put into a taught query, %d of them otherwise than known%n",
        asked,
        answered,
        wrong.size());
    wrong.forEach(System.out::println);
    assertThat(asked).isGreaterThan(500);
    assertThat(wrong).isEmpty();
  }

  /** Whether two queries show and compare the same, whatever they join on the way. */
  private static boolean same(String one, String other) {
    return words(one).equals(words(other));
  }

  private static Set<String> words(String sql) {
    String even =
        sql.toLowerCase(Locale.ROOT)
            .replaceAll("(?s)\\bfrom\\b.*?(?=\\bwhere\\b|\\bgroup by\\b|\\border by\\b|$)", " ")
            .replaceAll("\"t\\d+\"\\.", " ");
    return new TreeSet<>(List.of(even.split("[\\s,()]+")));
  }

  private static Map<String, List<JsonNode>> questions(Path data) throws IOException {
    var mapper = new ObjectMapper();
    Map<String, List<JsonNode>> questions = new TreeMap<>();
    for (String line : Files.readAllLines(data.resolve("questions.jsonl"))) {
      JsonNode question = mapper.readTree(line);
      questions
          .computeIfAbsent(question.get("source").asText(), source -> new ArrayList<>())
          .add(question);
    }
    List<String> sources = new ArrayList<>(questions.keySet());
    for (int i = 0; i < sources.size(); i++) {
      if (i % EVERY != 0) {
        questions.remove(sources.get(i));
      }
    }
    return questions;
  }

  /** The tables of a database; a column holds what its questions compare it with. */
  private static QuestionSupport support(Path data, String source, List<JsonNode> questions)
      throws IOException {
    var text = new StringBuilder();
    Matcher table =
        TABLE.matcher(Files.readString(data.resolve("databases").resolve(source + ".sql")));
    while (table.find()) {
      List<String> columns = new ArrayList<>();
      Matcher column = COLUMN.matcher(table.group(2));
      while (column.find()) {
        columns.add(column.group(1).replace(' ', '_') + " text");
      }
      text.append(source + ".public." + table.group(1) + ": " + String.join(", ", columns) + "\n");
    }
    Map<String, List<String>> values = new TreeMap<>();
    for (JsonNode question : questions) {
      Matcher compared = COMPARED.matcher(question.get("sql").asText());
      while (compared.find()) {
        values
            .computeIfAbsent(compared.group(1).toLowerCase(Locale.ROOT), key -> new ArrayList<>())
            .add(compared.group(2));
      }
    }
    CatalogText catalog = CatalogText.of(text.toString());
    CatalogSnapshot snapshot = catalog.catalog();
    return new QuestionSupport() {
      @Override
      public CatalogSnapshot catalog() {
        return snapshot;
      }

      @Override
      public SqlNode parse(String sql) {
        return catalog.parse(sql);
      }

      @Override
      public List<SqlType.Field> validate(SqlNode query) {
        return List.of();
      }

      @Override
      public List<String> frequentValues(TableName name, String column) {
        return values.getOrDefault(column.toLowerCase(Locale.ROOT), List.of());
      }
    };
  }

  /** A query as memory keeps it: every name in full and in quotes. */
  private static Optional<String> qualified(String sql, String source, QuestionSupport support) {
    SqlNode tree;
    try {
      tree = support.parse(sql.replace('"', '\''));
    } catch (KurobeException e) {
      return Optional.empty();
    }
    SqlNode full =
        tree.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlIdentifier name) {
                return name.isStar()
                    ? name
                    : new SqlIdentifier(
                        name.names.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList(),
                        SqlParserPos.ZERO);
              }

              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                SqlNode inner = super.visit(call);
                if (inner instanceof SqlSelect select && select.getFrom() != null) {
                  select.setFrom(from(select.getFrom(), source));
                }
                return inner;
              }
            });
    return full == null
        ? Optional.empty()
        : Optional.of(
            full.toSqlString(
                    config ->
                        config
                            .withDialect(
                                new AnsiSqlDialect(
                                    AnsiSqlDialect.DEFAULT_CONTEXT.withIdentifierQuoteString("\"")))
                            .withAlwaysUseParentheses(false))
                .getSql());
  }

  private static SqlNode from(SqlNode from, String source) {
    if (from instanceof SqlJoin join) {
      join.setLeft(from(join.getLeft(), source));
      join.setRight(from(join.getRight(), source));
      return join;
    }
    if (from instanceof SqlIdentifier name && name.isSimple()) {
      return new SqlIdentifier(
          List.of(source, "public", name.getSimple().toLowerCase(Locale.ROOT)), SqlParserPos.ZERO);
    }
    return from instanceof SqlBasicCall as && as.getKind() == SqlKind.AS
        ? SqlStdOperatorTable.AS.createCall(
            SqlParserPos.ZERO, from(as.operand(0), source), as.operand(1))
        : from;
  }
}
