package io.kurobe.nl2sql.offline.link;

import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.Stems;
import io.kurobe.nl2sql.offline.read.Token;
import io.kurobe.nl2sql.offline.read.Tokenizer;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an asker says that words of the question mean: clauses such as {@code long ones refers to
 * kind = 'L'} or {@code size means capacity}, separated by semicolons. A clause that is not of this
 * form says nothing. Immutable.
 */
public final class Definitions {
  /** No definitions. */
  public static final Definitions NONE = new Definitions(List.of(), Set.of());

  private static final int LONGEST = 4_000;
  private static final int MOST = 40;
  private static final Pattern VALUE =
      Pattern.compile("(?i)(?:(\\w+)\\.)?(\\w+)\\s*=\\s*['\"]([^'\"]{1,200})['\"]");
  private static final Pattern KEY = Pattern.compile("(\\w+)\\s*=\\s*\\w+\\.\\w+");
  private static final Pattern COLUMN =
      Pattern.compile("(?i)(?:(\\w+)\\.)?(\\w+)\\s*(?:where\\b.*)?");

  private final List<Definition> definitions;
  private final Set<SchemaColumn> keys;

  private record Definition(List<String> stems, List<Link> links) {}

  private Definitions(List<Definition> definitions, Set<SchemaColumn> keys) {
    this.definitions = List.copyOf(definitions);
    this.keys = Collections.unmodifiableSet(new LinkedHashSet<>(keys));
  }

  /** Reads them from text. */
  public static Definitions of(
      String text, Schema schema, Tokenizer tokenizer, Stems stems, Lexicon lexicon) {
    Pattern form = clause(lexicon);
    List<Definition> definitions = new ArrayList<>();
    Set<SchemaColumn> keys = new LinkedHashSet<>();
    String bounded = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    for (String clause : bounded.split("[;\\n]")) {
      Matcher matcher = form.matcher(clause.strip());
      if (!matcher.matches() || definitions.size() == MOST) {
        continue;
      }
      String meaning = matcher.group(3).strip();
      List<Link> links =
          lexicon.is(matcher.group(2).toLowerCase(Locale.ROOT), WordClass.IS_VALUE_OF)
              ? values(matcher.group(1).strip(), meaning, schema)
              : links(meaning, schema);
      Matcher key = KEY.matcher(meaning);
      while (key.find()) {
        keys.addAll(columns(schema, null, key.group(1)));
      }
      List<String> words =
          tokenizer.plain(matcher.group(1)).stream()
              .map(Token::lower)
              .filter(word -> !lexicon.is(word, WordClass.DEFINITE, WordClass.INDEFINITE))
              .map(stems::of)
              .toList();
      if (!links.isEmpty() && !words.isEmpty()) {
        definitions.add(
            new Definition(
                links.get(0).target() instanceof Target.OfValue value
                    ? told(words, value.value().toLowerCase(Locale.ROOT), schema, lexicon)
                    : words,
                links));
      }
    }
    return new Definitions(definitions, keys);
  }

  /** What defines, what it is called when it does, and what it means. */
  private static Pattern clause(Lexicon lexicon) {
    String means =
        Stream.concat(
                lexicon.words(WordClass.MEANS).stream(),
                lexicon.words(WordClass.IS_VALUE_OF).stream())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return Pattern.compile("(?i)(.{1,200}?)\\s+(" + means + ")\\s+(.{1,300})");
  }

  /** The words without the table's at either end: of "vampire heroes" only "vampire" is a value. */
  private static List<String> told(
      List<String> words, String value, Schema schema, Lexicon lexicon) {
    int from = 0;
    int to = words.size();
    while (from < to
        && !value.contains(words.get(from))
        && (table(words.get(from), schema) || lexicon.is(words.get(from), WordClass.SMALL))) {
      from++;
    }
    while (to > from && !value.contains(words.get(to - 1)) && table(words.get(to - 1), schema)) {
      to--;
    }
    return from == to ? words : words.subList(from, to);
  }

  private static boolean table(String stem, Schema schema) {
    return schema.tablesWith(stem).stream().anyMatch(t -> t.words().equals(List.of(stem)));
  }

  /** "Anna is the first_name": a value of a column. */
  private static List<Link> values(String value, String meaning, Schema schema) {
    Matcher column = COLUMN.matcher(meaning);
    return column.matches()
        ? columns(schema, column.group(1), column.group(2)).stream()
            .map(of -> new Link(new Target.OfValue(of, value), 1))
            .toList()
        : List.of();
  }

  private static List<Link> links(String meaning, Schema schema) {
    List<Link> links = new ArrayList<>();
    Matcher value = VALUE.matcher(meaning);
    Matcher column = COLUMN.matcher(meaning);
    if (value.lookingAt()) {
      for (SchemaColumn of : columns(schema, value.group(1), value.group(2))) {
        links.add(new Link(new Target.OfValue(of, value.group(3)), 1));
      }
    } else if (column.matches()) {
      for (SchemaColumn of : columns(schema, column.group(1), column.group(2))) {
        links.add(new Link(new Target.OfColumn(of), 1));
      }
    }
    return links;
  }

  private static List<SchemaColumn> columns(
      Schema schema, @org.jspecify.annotations.Nullable String table, String name) {
    return schema.tables().stream()
        .filter(t -> table == null || t.name().table().equalsIgnoreCase(table))
        .flatMap(t -> t.columns().stream())
        .filter(column -> column.name().equalsIgnoreCase(name))
        .toList();
  }

  /** The keys that they say lead from one table to another. */
  public Set<SchemaColumn> keys() {
    return keys;
  }

  /** What the words at a place of the question mean, by the number of tokens they take. */
  Map<Integer, List<Link>> at(List<Token> tokens, int start, Stems stems) {
    Map<Integer, List<Link>> found = new LinkedHashMap<>();
    for (Definition definition : definitions) {
      int length = definition.stems().size();
      boolean same = start + length <= tokens.size();
      for (int i = 0; same && i < length; i++) {
        Token token = tokens.get(start + i);
        same =
            token.kind() != Token.Kind.SIGN
                && stems.of(token.lower()).equals(definition.stems().get(i));
      }
      if (same) {
        found.putIfAbsent(length, definition.links());
      }
    }
    return found;
  }
}
