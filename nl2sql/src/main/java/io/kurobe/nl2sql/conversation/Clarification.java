package io.kurobe.nl2sql.conversation;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the word of a question that may mean several things, and what the question then says. */
final class Clarification {
  private static final int MOST_CHOICES = 5;

  /** Below this a reading is none that one would choose. */
  private static final double LIKELY = 0.5;

  private final Reader reader;

  Clarification(Reader reader) {
    this.reader = reader;
  }

  /** The question back; empty if there is nothing to ask. */
  Optional<KurobeException> of(Question question, QuestionSupport support) {
    for (Item item : reader.spans(question, support)) {
      if (!(item instanceof Item.Named named) || !Clause.isValue(item)) {
        continue;
      }
      Map<String, String> bySql = new LinkedHashMap<>();
      for (Clause.ColumnName column : columns(named)) {
        String way =
            question
                .text()
                .replaceFirst(
                    "(?:\\b(?:in|from|of|for|with|at) )?\\Q" + named.text() + "\\E",
                    java.util.regex.Matcher.quoteReplacement(
                        "with " + said(column) + " " + named.text()));
        reader
            .reading(with(question, way), support)
            .filter(reading -> reading.confidence() >= LIKELY)
            .filter(reading -> reading.sql().contains(column.column()))
            .ifPresent(reading -> bySql.putIfAbsent(reading.sql(), way));
      }
      if (bySql.size() > 1) {
        List<String> ways = new ArrayList<>(bySql.values());
        return Optional.of(
            Choices.ask(named.text(), ways.subList(0, Math.min(MOST_CHOICES, ways.size()))));
      }
    }
    return Optional.empty();
  }

  /** The columns that a word may be a value of, as likely as the first. */
  private static Set<Clause.ColumnName> columns(Item.Named named) {
    Set<Clause.ColumnName> columns = new LinkedHashSet<>();
    for (Link link : named.links()) {
      if (link.target() instanceof Target.OfValue value && link.score() >= named.score()) {
        columns.add(new Clause.ColumnName(value.column()));
      }
    }
    return columns;
  }

  /** A column with its table, as several may have its name. */
  private static String said(Clause.ColumnName column) {
    return column.isLabel()
        ? column.noun()
        : Clause.ColumnName.one(column.table().table()) + " " + column.noun();
  }

  private static Question with(Question question, String text) {
    return new Question(text, question.scope(), question.generators(), question.options());
  }
}
