package io.kurobe.examples.shop;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shop's customers: those it has at the start, and those who sign up day by day. */
final class Clientele {
  record Customer(int id, Country country, boolean business) {}

  private final Map<Country, List<Customer>> byCountry = new LinkedHashMap<>();
  private final Dice dice = new Dice(20_102);
  private final Rows rows;
  private int count;

  Clientele(Tables tables) {
    this.rows = tables.table("customers");
  }

  /** Customers of the years before the first day with orders. */
  void open(List<Country> countries, LocalDate from, double scale) {
    for (Country country : countries) {
      byCountry.put(country, new ArrayList<>());
      int number = Math.max(2, (int) StrictMath.round(5000 * scale * country.share()));
      for (int i = 0; i < number; i++) {
        signUp(country, from.minusDays(dice.between(1, 1500)));
      }
    }
  }

  void signUpOn(LocalDate day, Country country, double expectedOrders) {
    int number = dice.poisson(expectedOrders * 0.09);
    for (int i = 0; i < number; i++) {
      signUp(country, day);
    }
  }

  Customer anyOf(Country country, Dice dice) {
    return dice.pickEarly(byCountry.get(country));
  }

  private void signUp(Country country, LocalDate day) {
    int id = ++count;
    String first = dice.pick(country.firstNames());
    String last = dice.pick(country.lastNames());
    double kind = dice.fraction();
    String segment = kind < 0.82 ? "private" : kind < 0.94 ? "club" : "business";
    String phone = dice.chance(0.6) ? phone() : null;
    LocalDate born = day.minusYears(18).minusDays(dice.between(0, 20_000));
    rows.add(
        id,
        first,
        last,
        mail(first, last, id),
        phone,
        dice.chance(0.55) ? born : null,
        segment,
        dice.pick(country.streets()) + " " + dice.between(1, 120),
        String.format(Locale.ROOT, "%05d", dice.between(1000, 98_999)),
        dice.pickEarly(country.cities()),
        country.code(),
        dice.chance(0.42),
        day);
    byCountry.get(country).add(new Customer(id, country, segment.equals("business")));
  }

  private @Nullable String phone() {
    return String.format(Locale.ROOT, "+%d %07d", dice.between(20, 99), dice.between(1, 9_999_999));
  }

  private static String mail(String first, String last, int id) {
    String plain =
        Normalizer.normalize(first + "." + last, Normalizer.Form.NFD)
            .toLowerCase(Locale.ROOT)
            .replace("ø", "o")
            .replace("ł", "l")
            .replace("ß", "ss")
            .replace("æ", "ae")
            .replaceAll("[^a-z.]", "");
    String name = plain.length() < 3 ? "customer" : plain;
    return name + id + "@mail.example";
  }
}
