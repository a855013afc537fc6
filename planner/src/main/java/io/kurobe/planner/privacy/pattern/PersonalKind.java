package io.kurobe.planner.privacy.pattern;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a value says of a person. The closed set of kinds that a column can be classified as. */
public enum PersonalKind {
  EMAIL,
  PHONE,
  /** A name of a person, or of an account of one. */
  PERSON,
  /** A payment card's number. */
  CARD,
  IBAN,
  /** A number that a state gave a person: social security, tax, identity card. */
  NATIONAL_ID,
  /** A street with a number, or a whole postal address. */
  ADDRESS,
  /** An internet address, of version 4 or 6. */
  IP,
  BIRTH_DATE,
  /** Whatever else is nobody's business; only people say so. */
  OTHER;

  /** The kind as SQL and {@code system.privacy.columns} write it, such as {@code birth-date}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The word that a value of the kind is replaced by in text, such as {@code BIRTH_DATE}. */
  public String placeholder() {
    return name();
  }

  /** The kind of a label, whatever its case and whether with {@code -} or {@code _}. */
  public static Optional<PersonalKind> of(String label) {
    String wanted = label.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    return Arrays.stream(values()).filter(kind -> kind.name().equals(wanted)).findFirst();
  }

  /** All labels. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(PersonalKind::label).toList();
  }
}
