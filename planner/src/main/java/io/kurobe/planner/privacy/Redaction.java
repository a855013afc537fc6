package io.kurobe.planner.privacy;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.privacy.pattern.Found;
import io.kurobe.planner.privacy.pattern.Patterns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes personal values out of what a model is told, and puts them back into what it answers. A
 * value becomes a placeholder such as {@code <EMAIL_1>}, the same wherever it stands; numbers go by
 * the order of their first appearance, so that the same question is always told in the same words.
 *
 * <p>Text that already looks like a placeholder is itself replaced by one, so that whoever writes
 * {@code <EMAIL_1>} into a question, a comment or a stored value gets nothing but that text back.
 *
 * <p>One is made for each question and used by one thread at a time.
 */
public final class Redaction {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("<[A-Z][A-Z_]{0,30}_[0-9]{1,9}>", Pattern.CASE_INSENSITIVE);

  /** Text in quotes of any kind, but for apostrophes, which stand after a letter. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])'([^'\\n"
              + "]{1,300})'(?![\\p{L}\\p{N}])|\"([^\"\\n"
              + "]{1,300})\"|[\u201c\u201e\u201d]([^\u201c\u201d\\n"
              + "]{1,300})[\u201c\u201d]|\u00ab([^\u00bb\\n"
              + "]{1,300})\u00bb|\u2018([^\u2019\\n"
              + "]{1,300})\u2019");

  private static final String TEXT = "TEXT";

  /** Shorter values are found again in other words. */
  private static final int SHORTEST_KNOWN = 4;

  private record Span(String word, int start, int end) {}

  private final Predicate<String> isPublic;
  private final Map<String, String> placeholders = new LinkedHashMap<>();
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  Redaction(Predicate<String> isPublic) {
    this.isPublic = requireNonNull(isPublic, "isPublic is null");
  }

  /** The text of a question without what is personal in it: forms, names, and what is quoted. */
  public String question(String text) {
    List<Span> spans = forms(text);
    Matcher quoted = QUOTED.matcher(text);
    while (quoted.find()) {
      for (int group = 1; group <= quoted.groupCount(); group++) {
        if (quoted.group(group) != null && !isPublic.test(quoted.group(group))) {
          spans.add(new Span(TEXT, quoted.start(group), quoted.end(group)));
        }
      }
    }
    for (Found name : Patterns.names(text)) {
      if (!isPublic.test(text.substring(name.start(), name.end()))) {
        spans.add(new Span(name.kind().placeholder(), name.start(), name.end()));
      }
    }
    return replaced(text, spans);
  }

  /** Any other text without what is personal in it: forms, and what the question held. */
  public String text(String text) {
    return replaced(text, forms(text));
  }

  private List<Span> forms(String text) {
    List<Span> spans = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      spans.add(new Span(TEXT, matcher.start(), matcher.end()));
    }
    for (Found found : Patterns.find(text)) {
      spans.add(new Span(found.kind().placeholder(), found.start(), found.end()));
    }
    for (String known : placeholders.keySet()) {
      int at = known.length() < SHORTEST_KNOWN ? -1 : text.indexOf(known);
      while (at >= 0) {
        spans.add(new Span(TEXT, at, at + known.length()));
        at = text.indexOf(known, at + known.length());
      }
    }
    return spans;
  }

  private String replaced(String text, List<Span> spans) {
    spans.sort(
        Comparator.comparingInt(Span::start)
            .thenComparing(Comparator.comparingInt(Span::end).reversed()));
    var result = new StringBuilder();
    int end = 0;
    for (Span span : spans) {
      if (span.start() >= end) {
        result.append(text, end, span.start());
        result.append(placeholder(text.substring(span.start(), span.end()), span.word()));
        end = span.end();
      }
    }
    return result.append(text, end, text.length()).toString();
  }

  private String placeholder(String value, String word) {
    String known = placeholders.get(value);
    if (known != null) {
      return known;
    }
    String made = "<" + word + "_" + counts.merge(word, 1, Integer::sum) + ">";
    placeholders.put(value, made);
    values.put(made, value);
    return made;
  }

  /** Plain text of a model with the values in it again, such as an explanation for the asker. */
  public String restore(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group())));
  }

  /**
   * SQL of a model with the values in it again: inside of a literal or a quoted name with its
   * quotes doubled, elsewhere as a literal, never in a comment. A placeholder that was not given
   * stays.
   */
  public String restoreSql(String sql) {
    return new RestoredSql(PLACEHOLDER, this::known).of(sql);
  }

  private String value(String placeholder) {
    String value = known(placeholder);
    return value == null ? placeholder : value;
  }

  private @org.jspecify.annotations.Nullable String known(String placeholder) {
    return values.get(placeholder.toUpperCase(Locale.ROOT));
  }

  /** Begins what a model is told. */
  public Prompt prompt() {
    return new Prompt(this);
  }

  /** What a model is told, put together piece by piece. */
  public static final class Prompt {
    private final Redaction redaction;
    private final StringBuilder text = new StringBuilder();

    private Prompt(Redaction redaction) {
      this.redaction = redaction;
    }

    /** Adds words of Kurobe's own, or of its configuration, as they are. */
    public Prompt instructions(String words) {
      text.append(words);
      return this;
    }

    /** Adds the question, redacted. */
    public Prompt question(String question) {
      text.append(redaction.question(question));
      return this;
    }

    /** Adds anything else, redacted: a schema, SQL, an error, rows of a result. */
    public Prompt data(String data) {
      text.append(redaction.text(data));
      return this;
    }

    /** The text, ready to go. */
    public ModelText seal() {
      return new ModelText(text.toString());
    }
  }
}
