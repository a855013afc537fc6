package io.kurobe.planner.privacy;

import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.privacy.pattern.Patterns;
import io.kurobe.planner.privacy.pattern.Patterns.Sign;
import io.kurobe.planner.privacy.pattern.PersonalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a column holds from its name, type and comment and from some of its values. What the
 * values are outweighs what the name says, where there are enough of them; a name is believed where
 * nothing speaks against it.
 */
final class Detector {
  /** Values that are looked at; more tell no more. */
  static final int MOST_VALUES = 100;

  /** So few values may all be of a form by chance. */
  private static final int FEW = 5;

  private static final double NEARLY_ALL = 0.8;
  private static final double SOME = 0.1;

  private Detector() {}

  /** From what the catalog says alone. */
  static Optional<Finding> byName(String table, TableMetadata.Column column) {
    return NameSigns.of(table, column);
  }

  /**
   * From the catalog and values.
   *
   * @param values some of the column's, as text; NULL and '' are not looked at
   */
  static Optional<Finding> detect(
      String table, TableMetadata.Column column, List<? extends @Nullable String> values) {
    return detect(byName(table, column), column, values);
  }

  /**
   * From what its name shows and values.
   *
   * @param named what {@link #byName} found of it
   */
  static Optional<Finding> detect(
      Optional<Finding> named,
      TableMetadata.Column column,
      List<? extends @Nullable String> values) {
    List<String> present =
        spread(
            values.stream()
                .filter(Objects::nonNull)
                .map(value -> padded(value, column))
                .filter(value -> !value.isBlank())
                .toList());
    if (present.isEmpty() || named.filter(finding -> isByType(finding)).isPresent()) {
      return named;
    }
    List<Sign> signs = Patterns.signs(present);
    return named
        .flatMap(finding -> confirmed(finding, signs, present))
        .or(() -> byValues(column, signs, present));
  }

  /** Some of many values, from all over them. */
  private static List<String> spread(List<String> values) {
    int step = (values.size() + MOST_VALUES - 1) / MOST_VALUES;
    return step <= 1
        ? values
        : IntStream.range(0, values.size() / step).mapToObj(i -> values.get(i * step)).toList();
  }

  private static boolean isByType(Finding finding) {
    return finding.reasons().get(0).startsWith("its type");
  }

  /** Numbers lose the zeros they begin with; those of eleven digits that persons have are many. */
  private static String padded(@Nullable String value, TableMetadata.Column column) {
    String text = String.valueOf(value).strip();
    boolean number = !column.type().isText() && text.matches("\\d{9,10}");
    return number && text.length() == 10 ? "0" + text : text;
  }

  /** What the name says, unless the values are something else. */
  private static Optional<Finding> confirmed(Finding named, List<Sign> signs, List<String> values) {
    Optional<Sign> stronger =
        signs.stream()
            .filter(sign -> sign.kind() != named.kind() && sign.share() >= NEARLY_ALL)
            .filter(sign -> isPattern(sign.kind()) && values.size() >= FEW)
            .findFirst();
    double share = share(named.kind(), signs);
    if (stronger.isPresent() && share < NEARLY_ALL) {
      return Optional.empty();
    }
    if (share >= SOME) {
      List<String> reasons = new ArrayList<>(named.reasons());
      reasons.add(told(share) + " of its values look so");
      return Optional.of(new Finding(named.kind(), Math.min(0.99, 0.85 + share * 0.14), reasons));
    }
    return values.size() >= FEW && contradict(named.kind(), values)
        ? Optional.empty()
        : Optional.of(named);
  }

  private static double share(PersonalKind kind, List<Sign> signs) {
    return signs.stream()
        .filter(sign -> sign.kind() == kind)
        .mapToDouble(sign -> kind == PersonalKind.PERSON ? sign.share() : sign.mentioned())
        .max()
        .orElse(0);
  }

  /** Whether values that have no known form of a kind cannot be of it. */
  private static boolean contradict(PersonalKind kind, List<String> values) {
    return switch (kind) {
      case EMAIL, IBAN, IP, CARD -> true;
      case PHONE -> Patterns.possiblePhones(values) < 0.5;
      // Of states whose form is not known here.
      case NATIONAL_ID ->
          share(values, "[\\p{L}\\p{N}][\\p{L}\\p{N} ./-]{5,20}") < 0.5
              || share(values, ".*\\d.*\\d.*\\d.*\\d.*") < 0.5;
      case PERSON -> share(values, "[^\\p{L}]+") > 0.5;
      case ADDRESS -> share(values, ".*\\p{L}.*") < 0.5 || share(values, "\\w+://.*|0x.*") > 0.5;
      case BIRTH_DATE -> share(values, ".*\\d.*") < 0.5;
      case OTHER -> false;
    };
  }

  private static double share(List<String> values, String regex) {
    return values.stream().filter(value -> value.matches("(?s)" + regex)).count()
        / (double) values.size();
  }

  private static Optional<Finding> byValues(
      TableMetadata.Column column, List<Sign> signs, List<String> values) {
    if (NameSigns.isNamedOtherwise(column.name())) {
      return signs.stream()
          .filter(sign -> sign.strength() >= 0.98 && sign.share() >= NEARLY_ALL)
          .findFirst()
          .map(sign -> finding(sign, sign.share()));
    }
    long distinct = values.stream().distinct().count();
    return signs.stream()
        .filter(sign -> isEnough(sign, values.size(), distinct))
        .findFirst()
        .map(sign -> finding(sign, sign.share()))
        .or(() -> mentioned(signs, values));
  }

  private static boolean isEnough(Sign sign, int count, long distinct) {
    double wanted =
        switch (sign.kind()) {
          case PERSON -> 0.3;
          case ADDRESS -> 0.5;
          case EMAIL, IBAN -> 0.3;
          default -> NEARLY_ALL;
        };
    boolean alone = sign.kind() == PersonalKind.EMAIL || sign.kind() == PersonalKind.IBAN;
    return sign.share() >= wanted && (alone || count >= FEW && distinct >= FEW);
  }

  /** Values that hold others inside of text: e-mail addresses in notes, for one. */
  private static Optional<Finding> mentioned(List<Sign> signs, List<String> values) {
    return signs.stream()
        .filter(sign -> sign.mentioned() >= SOME && values.size() >= FEW)
        .filter(
            sign ->
                sign.kind() == PersonalKind.EMAIL
                    || sign.kind() == PersonalKind.IBAN
                    || sign.kind() == PersonalKind.PHONE && sign.share() < sign.mentioned())
        .findFirst()
        .map(
            sign ->
                new Finding(
                    sign.kind(),
                    0.7,
                    List.of(told(sign.mentioned()) + " of its values hold " + sign.description())));
  }

  private static Finding finding(Sign sign, double share) {
    return new Finding(
        sign.kind(),
        Math.min(0.97, sign.strength() * (0.6 + 0.4 * share)),
        List.of(told(share) + " of its values are " + sign.description()));
  }

  private static boolean isPattern(PersonalKind kind) {
    return kind != PersonalKind.PERSON && kind != PersonalKind.ADDRESS;
  }

  private static String told(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }
}
