package io.kurobe.nl2sql.offline.read;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a language writes what is read as other words: short forms, possessives, and words with a
 * sign inside. Made once for a lexicon. Immutable.
 */
final class Writing {
  private static final String QUOTED = "\"[^\"]*\"";
  private static final String APOSTROPHE = "['’]";

  private final List<LexiconFile.Contraction> contractions;
  private final Pattern contracted;
  private final Pattern hyphenated;
  private final Pattern possessive;
  private final Pattern possessiveWithLetter;

  Writing(Lexicon lexicon) {
    contractions = lexicon.contractions();
    contracted =
        Pattern.compile(
            "(?iU)\\b(?:"
                + contractions.stream()
                    .map(each -> "(" + anyOf(each.words()) + ")" + spelled(each.ending()))
                    .collect(Collectors.joining("|"))
                + ")\\b");
    hyphenated = Pattern.compile("(?iU)\\b(?:" + anyOf(lexicon.words(WordClass.HYPHENATED)) + ")");
    List<String> letters =
        lexicon.words(WordClass.POSSESSIVE).stream()
            .filter(word -> Character.isLetter(word.charAt(0)))
            .toList();
    String behind = "(?<=\\p{L})" + APOSTROPHE;
    String letter = "(?:" + anyOf(letters) + ")\\b";
    possessive = Pattern.compile(QUOTED + "|" + behind + "(?:" + letter + "|(?=\\s))");
    possessiveWithLetter = Pattern.compile(QUOTED + "|" + behind + letter);
  }

  /** One of some texts; nothing at all, where there are none. */
  private static String anyOf(Collection<String> texts) {
    return texts.isEmpty()
        ? "(?!)"
        : texts.stream().map(Pattern::quote).collect(Collectors.joining("|"));
  }

  private static String spelled(String ending) {
    return List.of(ending.split("'", -1)).stream()
        .map(Pattern::quote)
        .collect(Collectors.joining(APOSTROPHE));
  }

  /**
   * The text with short forms written out.
   *
   * @param longer takes where the text became a character longer, as offsets in what is returned
   */
  String writtenOut(String text, List<Integer> longer) {
    if (contractions.isEmpty()) {
      return text;
    }
    Matcher matcher = contracted.matcher(text);
    var written = new StringBuilder();
    while (matcher.find()) {
      int which = 0;
      while (matcher.group(which + 1) == null) {
        which++;
      }
      String whole = matcher.group(which + 1) + " " + contractions.get(which).meaning();
      int more = whole.length() - matcher.group().length();
      for (int k = 0; k < more; k++) {
        longer.add(matcher.end() + longer.size());
      }
      matcher.appendReplacement(
          written, Matcher.quoteReplacement(whole + " ".repeat(Math.max(0, -more))));
    }
    return matcher.appendTail(written).toString();
  }

  /** The text with such words in one piece, as long as before. */
  String withoutHyphens(String text) {
    return hyphenated
        .matcher(text)
        .replaceAll(
            match -> {
              String joined = match.group().replace("-", "").toLowerCase(Locale.ROOT);
              return Matcher.quoteReplacement(
                  joined + " ".repeat(match.group().length() - joined.length()));
            });
  }

  /**
   * The text with blanks in place of what makes a name a possessive. Quoted text stays as it is:
   * what it is may be called so.
   *
   * @param quotes whether an apostrophe alone may be a quote
   */
  String withoutPossessives(String text, boolean quotes) {
    return (quotes ? possessiveWithLetter : possessive)
        .matcher(text)
        .replaceAll(
            match ->
                match.group().startsWith("\"")
                    ? Matcher.quoteReplacement(match.group())
                    : " ".repeat(match.group().length()));
  }
}
