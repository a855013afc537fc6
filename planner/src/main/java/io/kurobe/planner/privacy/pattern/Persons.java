package io.kurobe.planner.privacy.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of persons, told by the given names in them; and addresses, told by words for streets. */
final class Persons {
  private static final Set<String> GIVEN = Words.of("given-names.txt");
  private static final Set<String> STREETS = Words.of("streets.txt");
  private static final Set<String> SUFFIXES = Words.of("street-endings.txt");

  /** Two to five words that begin as names do, with initials, particles and titles among them. */
  private static final Pattern FULL_NAME =
      Pattern.compile(
          "(?:\\p{Lu}[\\p{L}'\u2019.-]*,? ){1,4}(?:(?:de|da|do|dos|di|la|van|von|der|den|el|bin|al)"
              + " ){0,3}\\p{Lu}[\\p{L}'\u2019.-]+");

  private static final Pattern HOUSE_NUMBER =
      Pattern.compile("(?:^|.*[ ,.])\\d{1,5}[a-zA-Z]?(?:[ ,./-].*|$)");
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_])(\\p{Lu}\\p{Ll}+)(?:(?:"
              + " (?:de|da|do|dos|di|la|van|von|der|den|bin|al))*"
              + " \\p{Lu}[\\p{L}'\u2019-]*\\p{L}){1,3}(?![\\p{L}\\p{N}_])");

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s,.;\u2019'()-]+");

  private Persons() {}

  static double nameShare(List<String> values) {
    return share(values.stream().filter(Persons::isName).count(), values);
  }

  static double addressShare(List<String> values) {
    return share(values.stream().filter(Persons::isAddress).count(), values);
  }

  private static double share(long count, List<String> values) {
    return values.isEmpty() ? 0 : count / (double) values.size();
  }

  /** A given name and another, or a given name alone. */
  private static boolean isName(String value) {
    if (value.length() > 60 || value.chars().anyMatch(Character::isDigit)) {
      return false;
    }
    boolean written = value.indexOf(' ') < 0 || FULL_NAME.matcher(value).matches();
    return written
        && BETWEEN_WORDS.splitAsStream(value).limit(3).map(Words::folded).anyMatch(GIVEN::contains);
  }

  /** A well-known given name and one to three more words that begin as names do. */
  static List<Found> find(String text) {
    List<Found> found = new ArrayList<>();
    Matcher matcher = IN_TEXT.matcher(text);
    while (matcher.find()) {
      if (GIVEN.contains(Words.folded(matcher.group(1)))) {
        found.add(new Found(PersonalKind.PERSON, matcher.start(), matcher.end()));
      }
    }
    return found;
  }

  private static boolean isAddress(String value) {
    String line = value.replace('\n', ' ');
    return line.length() <= 300
        && HOUSE_NUMBER.matcher(line).matches()
        && BETWEEN_WORDS.splitAsStream(line).map(Words::folded).anyMatch(Persons::isStreet);
  }

  private static boolean isStreet(String word) {
    return STREETS.contains(word)
        || SUFFIXES.stream().anyMatch(end -> word.length() > end.length() && word.endsWith(end));
  }
}
