package io.kurobe.planner.privacy.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * All the patterns: what kinds the values of a column are of, and where in a text personal values
 * stand. Nothing is kept of what it looks at. Threads share it.
 */
public final class Patterns {
  /** Characters of a value that are looked at. */
  private static final int MOST_CHARACTERS = 500;

  private static final List<Form> FORMS =
      Stream.of(
              List.of(Contacts.EMAIL, Accounts.IBAN, Accounts.CARD),
              EuropeanIds.ALL,
              OtherIds.ALL,
              List.of(Contacts.IPV4, Contacts.IPV6))
          .flatMap(List::stream)
          .toList();

  private Patterns() {}

  /**
   * That a part of a column's values are of a kind.
   *
   * @param description continues "values are …"
   * @param strength 0 to 1: how sure one is of it where all values are
   * @param share 0 to 1: the part of the values that are
   * @param mentioned 0 to 1: the part that are or hold one
   */
  public record Sign(
      PersonalKind kind, String description, double strength, double share, double mentioned) {}

  /**
   * The signs of the values of a column, strongest first.
   *
   * @param values as text, without NULL; a few dozen are enough
   */
  public static List<Sign> signs(List<String> values) {
    List<String> texts = values.stream().map(Patterns::shortened).toList();
    List<Sign> signs = new ArrayList<>();
    if (texts.isEmpty()) {
      return signs;
    }
    double all = texts.size();
    for (Form form : FORMS) {
      List<String> matching = texts.stream().filter(form::matches).toList();
      if (form == Contacts.IPV4 && !Contacts.areAddresses(matching)) {
        continue;
      }
      long mentioned =
          form.inText()
              ? texts.stream()
                  .filter(text -> form.matches(text) || !form.find(text).isEmpty())
                  .count()
              : matching.size();
      add(
          signs,
          form.kind(),
          form.description(),
          form.strength(),
          matching.size() / all,
          mentioned / all);
    }
    double phones = Phones.share(texts);
    long evident = texts.stream().filter(text -> !Phones.find(text).isEmpty()).count();
    double inside = texts.stream().filter(Patterns::holdsPhone).count() / all;
    // What only fits one country's plan may be some other number.
    double strength = evident >= 0.3 * all ? 0.92 : 0.8;
    add(signs, PersonalKind.PHONE, "telephone numbers", strength, phones, Math.max(phones, inside));
    double names = Persons.nameShare(texts);
    add(signs, PersonalKind.PERSON, "names with well-known given names", 0.8, names, names);
    double addresses = Persons.addressShare(texts);
    add(signs, PersonalKind.ADDRESS, "streets with numbers", 0.85, addresses, addresses);
    signs.sort(Comparator.comparingDouble((Sign sign) -> -sign.share() * sign.strength()));
    return signs;
  }

  /** Whether there is a telephone number in longer text. */
  private static boolean holdsPhone(String text) {
    return Phones.find(text).stream()
        .anyMatch(found -> found.end() - found.start() < text.length());
  }

  private static void add(
      List<Sign> signs,
      PersonalKind kind,
      String description,
      double strength,
      double share,
      double mentioned) {
    if (mentioned > 0) {
      signs.add(new Sign(kind, description, strength, share, mentioned));
    }
  }

  /** The part of values that could be telephone numbers in a column that says it holds them. */
  public static double possiblePhones(List<String> values) {
    return Phones.possible(values);
  }

  /**
   * The personal values in a text, from left to right, none over another; of several at one place
   * the longest, of those as long the one of the stricter form.
   */
  public static List<Found> find(String text) {
    List<Found> all = new ArrayList<>();
    FORMS.stream().filter(Form::inText).forEach(form -> all.addAll(form.find(text)));
    all.addAll(Phones.find(text));
    all.sort(
        Comparator.comparingInt(Found::start)
            .thenComparing(Comparator.comparingInt(Found::end).reversed()));
    List<Found> chosen = new ArrayList<>();
    int end = 0;
    for (Found found : all) {
      if (found.start() >= end) {
        chosen.add(found);
        end = found.end();
      }
    }
    return chosen;
  }

  /** The names of persons in a text that begin with a well-known given name, from left to right. */
  public static List<Found> names(String text) {
    return Persons.find(text);
  }

  private static String shortened(String value) {
    String text = value.strip();
    return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
  }
}
