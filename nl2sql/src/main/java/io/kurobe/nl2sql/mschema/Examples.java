package io.kurobe.nl2sql.mschema;

import java.util.List;
import java.util.regex.Pattern;

/** Which of a column's values a model is shown. */
final class Examples {
  /** How many values are looked at, and how many of them are shown. */
  private static final int LOOKED_AT = 5;

  private static final int SHOWN = 3;

  /** Characters from which on one value is enough, and none is shown. */
  private static final int LONG = 20;

  private static final int TOO_LONG = 50;

  private static final Pattern MAIL =
      Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}");
  private static final Pattern ADDRESS = Pattern.compile("https?://");

  private Examples() {}

  static List<String> of(List<String> values, boolean temporal) {
    List<String> some =
        values.stream().filter(value -> !value.isEmpty()).distinct().limit(LOOKED_AT).toList();
    if (some.stream()
        .anyMatch(value -> MAIL.matcher(value).matches() || ADDRESS.matcher(value).find())) {
      return List.of();
    }
    List<String> shown = some.stream().limit(temporal ? 1 : SHOWN).toList();
    int longest = shown.stream().mapToInt(String::length).max().orElse(0);
    if (longest > TOO_LONG) {
      return List.of();
    }
    return longest > LONG ? shown.subList(0, 1) : shown;
  }
}
