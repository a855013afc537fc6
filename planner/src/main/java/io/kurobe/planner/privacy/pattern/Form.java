package io.kurobe.planner.privacy.pattern;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One form that values of a kind have: how they are written, and what else holds of them, such as a
 * check digit. Immutable; threads share it.
 *
 * @param kind what such a value is
 * @param description continues "values are …", for people to read
 * @param strength 0 to 1: how sure one is of a column all of whose values have the form
 * @param inText whether it is looked for inside of longer text too
 * @param written how it is written, without bounds; it must not match the empty text
 * @param holds what else is true of a value that is so written
 */
record Form(
    PersonalKind kind,
    String description,
    double strength,
    boolean inText,
    Pattern written,
    Predicate<String> holds) {
  /** What may stand before and after a value inside of text: no letter, no digit. */
  private static final String BEFORE = "(?<![\\p{L}\\p{N}_@])";

  private static final String AFTER = "(?![\\p{L}\\p{N}_@])";

  Form {
    requireNonNull(kind, "kind is null");
    requireNonNull(description, "description is null");
    requireNonNull(holds, "holds is null");
  }

  static Form of(
      PersonalKind kind,
      String description,
      double strength,
      boolean inText,
      String written,
      Predicate<String> holds) {
    return new Form(
        kind,
        description,
        strength,
        inText,
        Pattern.compile(BEFORE + "(?:" + written + ")" + AFTER, Pattern.CASE_INSENSITIVE),
        holds);
  }

  /** Whether a whole value has the form. */
  boolean matches(String value) {
    return written.matcher(value).matches() && holds.test(value);
  }

  /** The places in a text that have it, from left to right. */
  List<Found> find(String text) {
    List<Found> found = new ArrayList<>();
    Matcher matcher = written.matcher(text);
    int from = 0;
    while (from <= text.length() && matcher.find(from)) {
      if (holds.test(matcher.group())) {
        found.add(new Found(kind, matcher.start(), matcher.end()));
        from = matcher.end();
      } else {
        from = matcher.start() + 1;
      }
    }
    return found;
  }
}
