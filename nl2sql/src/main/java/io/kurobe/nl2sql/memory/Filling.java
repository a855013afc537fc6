package io.kurobe.nl2sql.memory;

import io.kurobe.nl2sql.memory.ComparedColumns.Compared;
import io.kurobe.nl2sql.memory.TaughtIndex.Match;
import io.kurobe.planner.question.QuestionSupport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlNode;

/**
 * A taught query with other values in it. A text is taken only if the compared column holds it, or
 * if it stands in quotes: what else stands there may be no value at all.
 */
final class Filling {
  private static final Pattern QUOTED = Pattern.compile("[\"'“‘]([^\"'“”‘’]{1,200})[\"'”’]");

  private Filling() {}

  /** The query; empty if what stands in a hole cannot be its value. */
  static Optional<String> fill(Match match, String question, QuestionSupport support) {
    String sql = match.skeleton().pair().sql();
    if (match.isExact()) {
      return Optional.of(sql);
    }
    SqlNode tree = support.parse(sql);
    List<Skeleton.Slot> slots = match.skeleton().slots();
    List<SqlLiterals.Literal> places = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<String> filled = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      Optional<String> value = value(slots.get(i), match.values().get(i), question, tree, support);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      filled.add(value.get());
    }
    for (SqlLiterals.Literal literal : SqlLiterals.of(sql)) {
      for (int i = 0; i < slots.size(); i++) {
        Optional<String> text = replacement(slots.get(i), literal, filled.get(i));
        if (text.isPresent()) {
          places.add(literal);
          texts.add(text.get());
          break;
        }
      }
    }
    return Optional.of(SqlLiterals.replaced(sql, places, texts));
  }

  private static Optional<String> replacement(
      Skeleton.Slot slot, SqlLiterals.Literal literal, String value) {
    return switch (slot.kind()) {
      case TEXT ->
          literal.kind() == SqlLiterals.Kind.TEXT && literal.value().equals(slot.value())
              ? Optional.of(SqlLiterals.quoted(value))
              : Optional.empty();
      case NUMBER ->
          literal.kind() == SqlLiterals.Kind.NUMBER && literal.value().equals(slot.value())
              ? Optional.of(value)
              : Optional.empty();
      case YEAR -> {
        if (literal.kind() == SqlLiterals.Kind.TIME) {
          int year = Integer.parseInt(literal.value().substring(0, 4));
          int shift = Integer.parseInt(value) - Integer.parseInt(slot.value());
          yield Optional.of(SqlLiterals.quoted((year + shift) + literal.value().substring(4)));
        }
        yield literal.kind() == SqlLiterals.Kind.NUMBER && literal.value().equals(slot.value())
            ? Optional.of(value)
            : Optional.empty();
      }
    };
  }

  private static Optional<String> value(
      Skeleton.Slot slot, String words, String question, SqlNode tree, QuestionSupport support) {
    return switch (slot.kind()) {
      case YEAR -> Skeleton.isYear(words) ? Optional.of(words) : Optional.empty();
      case NUMBER -> number(words);
      case TEXT -> {
        if (Words.of(slot.value()).joined().equals(words)) {
          yield Optional.of(slot.value());
        }
        yield quoted(words, question).or(() -> stored(slot.value(), words, tree, support));
      }
    };
  }

  private static Optional<String> number(String words) {
    String plain = words.replaceAll("(?<=\\d),(?=\\d{3})", "");
    return plain.matches("\\d{1,18}(\\.\\d{1,12})?")
        ? Optional.of(new BigDecimal(plain).toPlainString())
        : Optional.empty();
  }

  private static Optional<String> quoted(String words, String question) {
    Matcher matcher = QUOTED.matcher(question);
    while (matcher.find()) {
      if (Words.of(matcher.group(1)).joined().equals(words)) {
        return Optional.of(matcher.group(1).strip());
      }
    }
    return Optional.empty();
  }

  /** The value as it is stored, if every column that the old one is compared with holds it. */
  private static Optional<String> stored(
      String before, String words, SqlNode tree, QuestionSupport support) {
    Set<Compared> columns = ComparedColumns.with(tree, before, support.catalog());
    String found = null;
    for (Compared column : columns) {
      Optional<String> here =
          support.frequentValues(column.table(), column.column()).stream()
              .filter(value -> Words.of(value).joined().equals(words))
              .findFirst();
      if (here.isEmpty() || found != null && !found.equals(here.get())) {
        return Optional.empty();
      }
      found = here.get();
    }
    return Optional.ofNullable(found);
  }
}
