package io.kurobe.nl2sql.offline.link;

import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.nl2sql.offline.read.Periods;
import io.kurobe.nl2sql.offline.read.Stems;
import io.kurobe.nl2sql.offline.read.Token;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a question into spans so that every token is accounted for: of all ways to cut it, the one
 * whose spans weigh most. Names weigh by how well they fit, phrases and stored values by length.
 */
public final class Segmenter {
  private static final int LONGEST_NAME = 5;

  /** How well a verb fits the time of it, beside "first" or "last". */
  private static final double DATED = 0.85;

  private static final Set<Cue> SMALL =
      Set.of(Cue.PREP, Cue.FILLER, Cue.BE, Cue.HAVE, Cue.REL, Cue.BY, Cue.EACH, Cue.PRONOUN);

  private final Lexicon lexicon;
  private final NameLinker names;
  private final ValueIndex values;
  private final Periods periods;
  private final Typos typos;
  private final Definitions definitions;
  private final Stems stems;

  public Segmenter(Lexicon lexicon, NameLinker names, ValueIndex values) {
    this(lexicon, names, values, Definitions.NONE, new Stems(lexicon));
  }

  /** One that knows what the asker says that words mean. */
  public Segmenter(
      Lexicon lexicon, NameLinker names, ValueIndex values, Definitions definitions, Stems stems) {
    this.definitions = definitions;
    this.stems = stems;
    this.lexicon = lexicon;
    this.names = names;
    this.values = values;
    this.periods = new Periods(lexicon);
    this.typos = new Typos(lexicon, names, values, stems);
  }

  private static final Set<Cue> NOUN_FOLLOWS = Set.of(Cue.PREP, Cue.COUNT, Cue.EACH, Cue.WHICH);

  private static final Set<Cue> VERB_ENDS = Set.of(Cue.PREP, Cue.COMPARE, Cue.BETWEEN, Cue.BY);

  private record Option(Item item, int length, double weight) {}

  /** The spans of a question, in order. */
  public List<Item> segment(String question, List<Token> asked) {
    List<Token> tokens = typos.mended(FullNames.split(asked, values));
    int n = tokens.size();
    double[] best = new double[n + 1];
    @Nullable Option[] chosen = new @Nullable Option[n];
    for (int i = n - 1; i >= 0; i--) {
      best[i] = Double.NEGATIVE_INFINITY;
      for (Option option : options(question, tokens, i)) {
        double weight = option.weight() + best[i + option.length()];
        if (weight > best[i]) {
          best[i] = weight;
          chosen[i] = option;
        }
      }
    }
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < n; ) {
      Option option = java.util.Objects.requireNonNull(chosen[i]);
      items.add(option.item());
      i += option.length();
    }
    return List.copyOf(items);
  }

  private List<Option> options(String question, List<Token> tokens, int i) {
    List<Option> options = new ArrayList<>();
    Token token = tokens.get(i);
    switch (token.kind()) {
      case QUOTED -> {
        List<Link> links = values.quoted(token.text());
        options.add(
            new Option(
                links.isEmpty()
                    ? new Item.Quoted(token.text(), true)
                    : new Item.Named(token.text(), links),
                1,
                3));
      }
      case NUMBER ->
          options.add(
              new Option(
                  new Item.Number(token.text(), java.util.Objects.requireNonNull(token.number())),
                  1,
                  1));
      case SIGN -> sign(token, options);
      case WORD -> {
        options.add(new Option(new Item.Unknown(token.text(), faint(tokens, i)), 1, -0.3));
        if (token.number() != null) {
          options.add(new Option(new Item.Number(token.text(), token.number()), 1, 0.55));
        }
      }
    }
    definitions
        .at(tokens, i, stems)
        .forEach(
            (length, links) ->
                options.add(
                    new Option(
                        new Item.Named(text(question, tokens, i, length), links),
                        length,
                        2.0 * length + 1)));
    phrases(question, tokens, i, options);
    if (token.kind() == Token.Kind.WORD) {
      names(question, tokens, i, options);
      lexicon
          .stored(token.lower())
          .map(values::stored)
          .filter(links -> !links.isEmpty())
          .ifPresent(links -> options.add(new Option(new Item.Named(token.text(), links), 1, 1)));
      sharedHead(tokens, i, options);
      turnedRound(tokens, i, options);
      properName(question, tokens, i, options);
      patternWord(tokens, i, options);
    }
    if (token.kind() != Token.Kind.QUOTED) {
      values(question, tokens, i, options);
    }
    periods
        .at(tokens, i)
        .ifPresent(
            found ->
                options.add(
                    new Option(
                        new Item.Time(text(question, tokens, i, found.length()), found.period()),
                        found.length(),
                        1.3 * found.length() + 0.3)));
    return options;
  }

  private static void sign(Token token, List<Option> options) {
    switch (token.text()) {
      case "," -> options.add(phrase(token.text(), Cue.COMMA, List.of()));
      case ".", "?", "!", ";" -> options.add(phrase(token.text(), Cue.END, List.of()));
      case "&" -> options.add(phrase(token.text(), Cue.AND, List.of()));
      case "%" -> options.add(phrase(token.text(), Cue.FILLER, List.of()));
      default ->
          options.add(
              phrase(
                  token.text(),
                  Cue.COMPARE,
                  List.of(token.text().equals("!=") ? "<>" : token.text())));
    }
  }

  private static Option phrase(String text, Cue cue, List<String> payload) {
    return new Option(new Item.Phrase(text, new Lexicon.Entry(cue, payload)), 1, 1);
  }

  private void phrases(String question, List<Token> tokens, int i, List<Option> options) {
    var phrase = new StringBuilder();
    for (int length = 1;
        length <= lexicon.longestPhrase() && i + length <= tokens.size();
        length++) {
      Token token = tokens.get(i + length - 1);
      if (token.kind() != Token.Kind.WORD) {
        return;
      }
      phrase.append(length == 1 ? "" : " ").append(token.lower());
      List<Lexicon.Entry> entries = lexicon.entries(phrase.toString());
      if (entries.isEmpty()) {
        continue;
      }
      Lexicon.Entry entry = choose(entries, tokens, i, length);
      if (!follows(phrase.toString(), entry, tokens, i + length)) {
        continue;
      }
      double weight =
          entry.cue() == Cue.FILLER ? 0.35 * length : length == 1 ? 0.8 : 0.95 * length + 0.1;
      if (entry.cue() == Cue.FILLER && lexicon.is(phrase.toString(), WordClass.KIND_OF)) {
        weight = 1.7;
      }
      if (entry.cue() == Cue.OLDERTHAN && length > 2) {
        // "cost less than": not less than some cost
        weight += 0.3;
      }
      if (entry.cue() == Cue.COMMAND
          && (i == 0 || !tokens.get(i - 1).text().matches("[\\p{L}\\d,].*"))) {
        weight += 0.5;
      }
      boolean mended =
          tokens.subList(i, i + length).stream()
              .anyMatch(t -> !t.text().equalsIgnoreCase(t.lower()));
      String said = mended ? phrase.toString() : text(question, tokens, i, length);
      options.add(new Option(new Item.Phrase(said, entry), length, weight));
    }
  }

  /** Whether what comes behind a phrase lets it mean what it may. */
  private boolean follows(String phrase, Lexicon.Entry entry, List<Token> tokens, int next) {
    Token behind = next < tokens.size() ? tokens.get(next) : null;
    if (entry.cue() == Cue.COMPARE && lexicon.begins(phrase, WordClass.ALTERNATIVE)) {
      // "above 50 or below 46" has two numbers, "50 or more" one
      return behind == null || behind.number() == null && behind.kind() != Token.Kind.QUOTED;
    }
    boolean verb = lexicon.is(phrase, WordClass.ENDING_IN);
    return !(entry.cue() == Cue.LIKE && verb)
        || behind != null
            && !lexicon.is(behind.lower(), WordClass.INDEFINITE, WordClass.DEFINITE, WordClass.ONE);
  }

  /** Which of several meanings a phrase has where it stands. */
  private Lexicon.Entry choose(List<Lexicon.Entry> entries, List<Token> tokens, int i, int length) {
    if (entries.size() == 1) {
      return entries.get(0);
    }
    int next = i + length;
    boolean beforeNumber = next < tokens.size() && tokens.get(next).number() != null;
    boolean first = i == 0 || tokens.get(i - 1).kind() == Token.Kind.SIGN;
    for (Lexicon.Entry entry : entries) {
      boolean fits =
          switch (entry.cue()) {
            case COMPARE, TOP -> beforeNumber;
            case TIMES -> i > 0 && tokens.get(i - 1).number() != null;
            case LIKE ->
                next < tokens.size()
                    && (tokens.get(next).kind() == Token.Kind.QUOTED
                        || tokens.get(next).kind() == Token.Kind.WORD
                            && !entry.payload(0).equals("contains"));
            case WHICH, WHO, WHEN, WHEREABOUTS, COMMAND -> first;
            case REL -> !first;
            case FILLER -> lasts(tokens, i, next);
            default -> false;
          };
      if (fits) {
        return entry;
      }
    }
    return entries.stream()
        .filter(
            entry ->
                entry.cue() != Cue.COMPARE
                    && entry.cue() != Cue.LIKE
                    && entry.cue() != Cue.TOP
                    && entry.cue() != Cue.TIMES
                    && (first || entry.cue() != Cue.COMMAND))
        .findFirst()
        .orElse(entries.get(0));
  }

  /**
   * Whether "last" tells of something that it takes time: "how long does a trip last on average".
   */
  private boolean lasts(List<Token> tokens, int i, int next) {
    if (i == 0
        || tokens.get(i - 1).kind() != Token.Kind.WORD
        || !lexicon.is(tokens.get(i).lower(), WordClass.LASTING)) {
      return false;
    }
    String before = tokens.get(i - 1).lower();
    boolean noun = lexicon.entries(before).isEmpty() && !lexicon.verb(before);
    boolean over =
        next >= tokens.size()
            || tokens.get(next).kind() != Token.Kind.WORD
            || lexicon.entries(tokens.get(next).lower()).stream()
                .anyMatch(entry -> VERB_ENDS.contains(entry.cue()));
    return noun && !lexicon.is(before, WordClass.PAST) && over;
  }

  private void names(String question, List<Token> tokens, int i, List<Option> options) {
    List<String> words = new ArrayList<>();
    for (int length = 1; length <= LONGEST_NAME && i + length <= tokens.size(); length++) {
      Token token = tokens.get(i + length - 1);
      boolean word =
          token.kind() == Token.Kind.WORD || length > 1 && token.kind() == Token.Kind.NUMBER;
      if (!word) {
        return;
      }
      words.add(token.lower());
      if (lexicon.is(token.lower(), WordClass.GENITIVE, WordClass.DEFINITE)) {
        continue;
      }
      List<Link> links = names.links(words);
      if (!links.isEmpty()) {
        double score = links.get(0).score();
        List<Lexicon.Entry> cues = length == 1 ? lexicon.entries(token.lower()) : List.of();
        boolean verb = cues.stream().anyMatch(entry -> entry.cue() == Cue.BE);
        boolean preposition = cues.stream().anyMatch(entry -> entry.cue() == Cue.PREP);
        double least = preposition ? 0.97 : grouped(tokens, i, cues) ? 0.7 : 0.9;
        boolean ranked =
            length == 1
                && first(tokens, i)
                && lexicon.is(token.lower(), WordClass.DONE_FIRST)
                && cues.stream().allMatch(e -> e.cue() == Cue.FILLER);
        if (ranked) {
          List<Link> times = times(links);
          if (!times.isEmpty()) {
            options.add(new Option(new Item.Named(token.text(), times), 1, 0.9));
            continue;
          }
        }
        if (!cues.isEmpty() && (score < least || verb)) {
          continue;
        }
        if (length == 1
            && score < 0.7
            && (lexicon.is(token.lower(), WordClass.PAST) || doesMost(tokens, i))
            && !superlative(tokens, i)) {
          // "billed" is no billing address, though it says which address is meant.
          continue;
        }
        long telling =
            words.stream()
                .filter(w -> !lexicon.is(w, WordClass.GENITIVE, WordClass.DEFINITE))
                .count();
        double weight =
            score >= 0.9
                ? score * telling + 0.3 * (length - 1) + 0.12
                : score * telling * 0.95 + 0.1 * (length - 1);
        if (score >= 0.96 && counted(words, links.get(0)) && mentioned(tokens, i, length, links)) {
          // "the number of hosts" of parties that have a column of it
          weight += 0.6;
        }
        options.add(
            new Option(new Item.Named(text(question, tokens, i, length), links), length, weight));
      }
    }
  }

  private boolean counted(List<String> words, Link link) {
    return words.size() > 1
        && lexicon.is(stems.of(words.get(0)), NameClass.HOW_MANY)
        && link.target() instanceof Target.OfColumn column
        && lexicon.is(column.column().words().get(0), NameClass.HOW_MANY);
  }

  /** Whether the table that a name belongs to is named elsewhere. */
  private boolean mentioned(List<Token> tokens, int from, int length, List<Link> links) {
    var table = new Target.OfTable(links.get(0).target().table());
    for (int k = 0; k < tokens.size(); k++) {
      if ((k < from || k >= from + length)
          && tokens.get(k).kind() == Token.Kind.WORD
          && names.links(List.of(tokens.get(k).lower())).stream()
              .anyMatch(link -> link.score() >= 0.9 && link.target().equals(table))) {
        return true;
      }
    }
    return false;
  }

  /** "each make": a noun, as that is what things are told apart by. */
  private boolean grouped(List<Token> tokens, int i, List<Lexicon.Entry> cues) {
    return i > 0
        && cues.stream().allMatch(entry -> entry.cue() == Cue.FILLER)
        && lexicon.entries(tokens.get(i - 1).lower()).stream()
            .anyMatch(entry -> entry.cue() == Cue.EACH);
  }

  /** The times among what a verb may name. */
  private static List<Link> times(List<Link> links) {
    return links.stream()
        .filter(
            link ->
                link.target() instanceof Target.OfColumn column
                    && column.column().nature() == SchemaColumn.Nature.TIME)
        .map(link -> new Link(link.target(), Math.max(link.score(), DATED)))
        .toList();
  }

  /** "Hired first": by the time of it. */
  private boolean first(List<Token> tokens, int i) {
    return i + 1 < tokens.size()
        && lexicon.is(tokens.get(i + 1).lower(), WordClass.FIRST, WordClass.LAST);
  }

  /** "delivers the most": a verb, whatever is called like it. */
  private boolean doesMost(List<Token> tokens, int i) {
    return i > 0
        && i + 2 < tokens.size()
        && lexicon.verb(tokens.get(i).stem())
        && lexicon.is(tokens.get(i + 1).lower(), WordClass.DEFINITE)
        && lexicon.is(tokens.get(i + 2).lower(), WordClass.MOST);
  }

  /** "starts with the letter D", "contains the word love": what follows is meant as it is. */
  private void patternWord(List<Token> tokens, int i, List<Option> options) {
    Token token = tokens.get(i);
    boolean cue =
        !lexicon.entries(token.lower()).isEmpty()
            || lexicon.words(WordClass.DEFINITE).stream()
                .flatMap(article -> lexicon.entries(article + " " + token.lower()).stream())
                .anyMatch(e -> e.cue() == Cue.LIKE);
    var phrase = new StringBuilder();
    for (int k = i - 1; k >= 0 && k >= i - lexicon.longestPhrase(); k--) {
      if (tokens.get(k).kind() != Token.Kind.WORD) {
        return;
      }
      phrase.insert(0, phrase.isEmpty() ? "" : " ").insert(0, tokens.get(k).lower());
      List<Lexicon.Entry> entries = lexicon.entries(phrase.toString());
      boolean only = entries.size() == 1 && entries.get(0).cue() == Cue.LIKE;
      boolean letter = lexicon.ends(phrase.toString(), WordClass.LETTER);
      boolean single = token.lower().length() == 1;
      boolean capital =
          single && token.capitalised() && !lexicon.is(token.lower(), WordClass.LETTER_WORD);
      if (only && (!cue || letter && single || capital)) {
        options.add(new Option(new Item.Quoted(token.text(), true), 1, 2.5));
        return;
      }
    }
  }

  /** Capitals inside a sentence on words that mean nothing else: a name that may be stored. */
  private void properName(String question, List<Token> tokens, int i, List<Option> options) {
    if (i == 0
        || tokens.get(i - 1).kind() == Token.Kind.SIGN
            && !tokens.get(i - 1).text().matches("[,=<>]")) {
      return;
    }
    for (int length = 1; length <= LONGEST_NAME && i + length <= tokens.size(); length++) {
      Token token = tokens.get(i + length - 1);
      boolean known =
          lexicon.entries(token.lower()).stream().anyMatch(entry -> entry.cue() != Cue.FILLER);
      List<Link> links = names.links(List.of(token.lower()));
      if (!token.capitalised() || known || !links.isEmpty() && links.get(0).score() >= 0.7) {
        return;
      }
      options.add(
          new Option(
              new Item.Quoted(text(question, tokens, i, length), false),
              length,
              0.8 * length - 0.35));
    }
  }

  private boolean faint(List<Token> tokens, int i) {
    Token token = tokens.get(i);
    boolean noun =
        i > 0
                && !lexicon.is(tokens.get(i - 1).lower(), WordClass.DIRECTIVE)
                && lexicon.entries(tokens.get(i - 1).lower()).stream()
                    .anyMatch(e -> NOUN_FOLLOWS.contains(e.cue()))
            || i > 0 && lexicon.is(tokens.get(i - 1).lower(), WordClass.BEFORE_NOUN);
    boolean verb = lexicon.verb(token.lower()) || lexicon.verb(token.stem());
    boolean participle = lexicon.is(token.lower(), WordClass.PAST) && !restricts(tokens, i);
    if (!noun && (verb || participle)) {
      return true;
    }
    return lexicon.head(token.lower())
        && (i > 0 && (named(tokens.get(i - 1)) || calledSo(tokens.get(i - 1)))
            || i + 1 < tokens.size() && named(tokens.get(i + 1)));
  }

  /** "Failed payments", "payments that failed": all that is said of which ones are meant. */
  private boolean restricts(List<Token> tokens, int i) {
    boolean last =
        i + 1 == tokens.size()
            || lexicon.entries(tokens.get(i + 1).lower()).stream()
                .anyMatch(entry -> entry.cue() == Cue.END);
    boolean before = i + 1 < tokens.size() && named(tokens.get(i + 1));
    return before && (i == 0 || !named(tokens.get(i - 1)))
        || last
            && i > 0
            && lexicon.entries(tokens.get(i - 1).lower()).stream()
                .anyMatch(entry -> entry.cue() == Cue.REL);
  }

  /** "total score", of a column that is called total. */
  private boolean calledSo(Token token) {
    List<Link> links =
        token.kind() == Token.Kind.WORD ? names.links(List.of(token.lower())) : List.of();
    return !links.isEmpty()
        && links.get(0).score() >= 0.9
        && links.get(0).target() instanceof Target.OfColumn;
  }

  private boolean named(Token token) {
    return token.kind() == Token.Kind.WORD
        && lexicon.entries(token.lower()).isEmpty()
        && !names.links(List.of(token.lower())).isEmpty();
  }

  private boolean superlative(List<Token> tokens, int i) {
    return i > 0
        && lexicon.entries(tokens.get(i - 1).lower()).stream()
            .anyMatch(entry -> entry.cue() == Cue.MOST || entry.cue() == Cue.LEAST);
  }

  private boolean small(Token token) {
    List<Lexicon.Entry> entries = lexicon.entries(token.lower());
    return !entries.isEmpty() && entries.stream().allMatch(e -> SMALL.contains(e.cue()));
  }

  /** "first and last name": the first word is a name too, whose second word comes later. */
  private void sharedHead(List<Token> tokens, int i, List<Option> options) {
    boolean joined = false;
    for (int k = i + 1; k + 1 < tokens.size() && k <= i + 6; k++) {
      Token token = tokens.get(k);
      if (token.text().equals(",") || lexicon.is(token.lower(), WordClass.LISTING)) {
        joined = true;
        continue;
      }
      if (!joined
          || token.kind() != Token.Kind.WORD
          || small(token)
          || tokens.get(k + 1).kind() != Token.Kind.WORD) {
        return;
      }
      List<Link> links = names.links(List.of(tokens.get(i).lower(), tokens.get(k + 1).lower()));
      List<Link> beside = names.links(List.of(token.lower(), tokens.get(k + 1).lower()));
      if (!links.isEmpty()
          && links.get(0).score() >= 0.9
          && !beside.isEmpty()
          && beside.get(0).score() >= 0.9) {
        options.add(new Option(new Item.Named(tokens.get(i).text(), links), 1, 1.4));
        return;
      }
    }
  }

  /** "The manager of the store", where "store manager" is stored. */
  private void turnedRound(List<Token> tokens, int i, List<Option> options) {
    int of = i + 1;
    if (of + 1 >= tokens.size() || !lexicon.is(tokens.get(of).lower(), WordClass.GENITIVE)) {
      return;
    }
    int owner = lexicon.is(tokens.get(of + 1).lower(), WordClass.OF_WHOM) ? of + 2 : of + 1;
    if (owner >= tokens.size() || tokens.get(owner).kind() != Token.Kind.WORD) {
      return;
    }
    List<Link> links =
        values.at(List.of(tokens.get(owner), tokens.get(i)), 0).getOrDefault(2, List.of());
    boolean table =
        names.links(List.of(tokens.get(owner).lower())).stream()
            .anyMatch(l -> l.target() instanceof Target.OfTable && l.score() >= 0.9);
    if (table && !links.isEmpty()) {
      options.add(new Option(new Item.Named(tokens.get(i).text(), links), 1, 1.1));
    }
  }

  private void values(String question, List<Token> tokens, int i, List<Option> options) {
    for (Map.Entry<Integer, List<Link>> found : values.at(tokens, i).entrySet()) {
      int length = found.getKey();
      Token token = tokens.get(i);
      boolean cue = length == 1 && !lexicon.entries(token.lower()).isEmpty();
      boolean capital =
          i > 0
              && token.capitalised()
              && (tokens.get(i - 1).kind() != Token.Kind.SIGN
                  || tokens.get(i - 1).text().matches("[,(=]"));
      List<Link> links = found.getValue();
      boolean tiny = length == 1 && token.lower().length() < 3;
      if (length == 1 && token.number() != null && (token.kind() == Token.Kind.NUMBER || !capital)
          || cue && !capital && !state(tokens, i, links.get(0))
          || tiny && !(capital && links.get(0).score() == 1.0)) {
        continue;
      }
      double score = links.get(0).score();
      double weight =
          length * score + (length > 1 ? 0.35 * length : 0) + (capital ? 0.35 : cue ? -0.45 : 0);
      options.add(
          new Option(new Item.Named(text(question, tokens, i, length), links), length, weight));
    }
  }

  /** "that are open": a word that seldom matters, but is stored just so. */
  private boolean state(List<Token> tokens, int i, Link link) {
    return i > 0
        && link.score() >= 0.9
        && tokens.get(i).lower().length() > 3
        && lexicon.entries(tokens.get(i).lower()).stream().allMatch(e -> e.cue() == Cue.FILLER)
        && lexicon.entries(tokens.get(i - 1).lower()).stream().anyMatch(e -> e.cue() == Cue.BE);
  }

  private static String text(String question, List<Token> tokens, int i, int length) {
    int from = tokens.get(i).start();
    int to = tokens.get(i + length - 1).end();
    return to <= question.length()
        ? question.substring(from, to)
        : tokens.subList(i, i + length).stream().map(Token::text).collect(Collectors.joining(" "));
  }
}
