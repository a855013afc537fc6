package io.kurobe.planner.privacy;

import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.privacy.pattern.PersonalKind;
import io.kurobe.planner.privacy.pattern.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the name, the comment and the type of a column say that it holds. */
final class NameSigns {
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile(
          "[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
  private static final Pattern CLAUSE_END = Pattern.compile("[,;.:(]");

  private static final Pattern LIST =
      Pattern.compile("[^,;.:()]{1,40}(?:, [^,;.:()]{1,40})+,? or [^,;.:()]{1,40}\\.?");
  private static final Pattern IN_LIST = Pattern.compile(",? or |, ");

  /** What may follow what a comment says a column is. */
  private static final Set<String> AFTER =
      Set.of("of", "for", "where", "if", "to", "from", "in", "number");

  private static final int EARLY = 4;
  private static final double BY_NAME = 0.8;
  private static final double BY_COMMENT = 0.65;
  private static final double BY_TYPE = 0.95;

  private NameSigns() {}

  static Optional<Finding> of(String table, TableMetadata.Column column) {
    if (Set.of("inet", "cidr", "ipaddress")
        .contains(column.nativeType().toLowerCase(java.util.Locale.ROOT))) {
      return Optional.of(
          new Finding(PersonalKind.IP, BY_TYPE, List.of("its type is " + column.nativeType())));
    }
    List<String> words = words(column.name());
    Optional<PersonalKind> named = kind(words).or(() -> person(words, words(table)));
    if (named.isPresent()) {
      return fits(named.get(), column.type())
          ? Optional.of(
              new Finding(named.get(), BY_NAME, List.of("its name says " + named.get().label())))
          : Optional.empty();
    }
    return column
        .comment()
        .flatMap(NameSigns::ofComment)
        .filter(kind -> !Lexicon.ALL.holds("none", words) && fits(kind, column.type()))
        .map(kind -> new Finding(kind, BY_COMMENT, List.of("its comment says " + kind.label())));
  }

  /** Whether a name says that a column is something else: a version, an order's number, a code. */
  static boolean isNamedOtherwise(String name) {
    List<String> words = words(name);
    return Lexicon.ALL.holds("none", words)
        || !words.isEmpty() && Lexicon.ALL.isAt("others", words, words.size() - 1);
  }

  private static Optional<PersonalKind> kind(List<String> words) {
    if (Lexicon.ALL.holds("none", words)) {
      return Optional.empty();
    }
    return Lexicon.ALL
        .longest(words)
        .filter(match -> match.start() == 0 || !Lexicon.ALL.isAt("before", words, 0))
        .filter(
            match ->
                words.subList(match.end(), words.size()).stream()
                    .noneMatch(word -> Lexicon.ALL.isAt("not", List.of(word), 0)))
        .map(Lexicon.Match::kind);
  }

  /** {@code customer_name}, or {@code name} of a table whose rows are persons. */
  private static Optional<PersonalKind> person(List<String> words, List<String> table) {
    boolean first = Lexicon.ALL.isAt("name", words.subList(0, Math.min(1, words.size())), 0);
    boolean last = !words.isEmpty() && Lexicon.ALL.isAt("name", words, words.size() - 1);
    if (!first && !last) {
      return Optional.empty();
    }
    List<String> whose =
        words.size() > 1
            ? (last ? words.subList(0, words.size() - 1) : words.subList(1, words.size()))
            : table;
    return !whose.isEmpty() && Lexicon.ALL.isAt("persons", whose, whose.size() - 1)
        ? Optional.of(PersonalKind.PERSON)
        : Optional.empty();
  }

  /** A comment that begins with what the column is: "date of birth, if given". */
  private static Optional<PersonalKind> ofComment(String comment) {
    if (listsOthers(comment)) {
      return Optional.empty();
    }
    List<String> clause = words(CLAUSE_END.split(comment, 2)[0]);
    return Lexicon.ALL
        .longest(clause)
        .filter(match -> match.start() < EARLY)
        .filter(match -> match.end() == clause.size() || AFTER.contains(clause.get(match.end())))
        .filter(match -> !Lexicon.ALL.holds("none", clause))
        .map(Lexicon.Match::kind);
  }

  /**
   * Whether a comment lists what may be stored, of which one is personal: "phone, tablet or car".
   */
  private static boolean listsOthers(String comment) {
    return LIST.matcher(comment).matches()
        && Arrays.stream(IN_LIST.split(comment))
                .filter(item -> Lexicon.ALL.longest(words(item)).isPresent())
                .count()
            == 1;
  }

  /** The words of a name, folded; what numbers several of a kind is left out. */
  static List<String> words(String name) {
    return Arrays.stream(BETWEEN_WORDS.split(name))
        .map(Words::folded)
        .map(word -> word.matches("ipv[46]") ? word : word.replaceFirst("\\d+$", ""))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static boolean fits(PersonalKind kind, SqlType type) {
    if (type.kind() == SqlType.Kind.ARRAY) {
      return fits(kind, type.fields().get(0).type());
    }
    boolean text = type.isText();
    boolean number =
        switch (type.kind()) {
          case INTEGER, BIGINT -> true;
          case DECIMAL -> type.scale() == 0;
          default -> false;
        };
    return switch (kind) {
      case EMAIL, PERSON, IBAN, IP -> text;
      case ADDRESS -> text || type.kind() == SqlType.Kind.ROW;
      case PHONE, CARD, NATIONAL_ID -> text || number;
      case BIRTH_DATE ->
          text
              || number
              || type.kind() == SqlType.Kind.DATE
              || type.kind() == SqlType.Kind.TIMESTAMP
              || type.kind() == SqlType.Kind.TIMESTAMP_TZ;
      case OTHER -> true;
    };
  }
}
