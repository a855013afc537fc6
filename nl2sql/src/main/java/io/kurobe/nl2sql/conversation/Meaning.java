package io.kurobe.nl2sql.conversation;

import io.kurobe.nl2sql.conversation.Clause.ColumnName;
import io.kurobe.nl2sql.offline.link.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a word of a question may mean, and how the question is said so that it means that.
 *
 * @param word as it is written in the question
 */
record Meaning(String word, Target target) {
  /** Ways to say a question so that the word means this; none if it is not there just once. */
  List<String> in(String question) {
    Matcher matcher =
        Pattern.compile(
                "(?<![\\p{L}\\p{N}])"
                    + (target instanceof Target.OfValue ? "(?:(?:in|from|of|for|with|at) )?" : "")
                    + Pattern.quote(word)
                    + "(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
            .matcher(question);
    if (!matcher.find()) {
      return List.of();
    }
    String before = question.substring(0, matcher.start());
    String after = question.substring(matcher.end());
    if (matcher.find()) {
      return List.of();
    }
    List<String> ways = new ArrayList<>();
    for (String said : said()) {
      ways.add(before + said + after);
    }
    return ways;
  }

  private List<String> said() {
    if (target instanceof Target.OfValue value) {
      var column = new ColumnName(value.column());
      // A column with its table, as several may have its name.
      String noun =
          column.isLabel()
              ? column.noun()
              : ColumnName.one(column.table().table()) + " " + column.noun();
      return List.of("with " + noun + " " + word, "with " + column.noun() + " " + word);
    }
    if (target instanceof Target.OfColumn of) {
      String noun = words(of.column().name());
      String table = words(of.table().name().table());
      return List.of(
          noun + " of " + table, ColumnName.one(of.table().name().table()) + " " + noun, noun);
    }
    return List.of(words(target.table().name().table()));
  }

  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  /** Whether a query is about it. */
  boolean isIn(String sql) {
    boolean table = has(sql, target.table().name().table());
    return target instanceof Target.OfValue value
        ? table && has(sql, value.column().name())
        : target instanceof Target.OfColumn of ? table && has(sql, of.column().name()) : table;
  }

  private static boolean has(String sql, String name) {
    return Pattern.compile("(?<![\\p{L}\\p{N}_])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_])")
        .matcher(sql)
        .find();
  }
}
