package io.kurobe.examples.shop;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shops in the street and who works in them. */
final class Stores {
  record Employee(int id, LocalDate hiredOn) {}

  record Store(int id, LocalDate openedOn, @Nullable LocalDate closedOn, List<Employee> employees) {
    boolean openOn(LocalDate day) {
      return !day.isBefore(openedOn) && (closedOn == null || day.isBefore(closedOn));
    }
  }

  private final Map<Country, List<Store>> byCountry = new HashMap<>();
  private final Dice dice = new Dice(20_103);
  private final LocalDate from;
  private final LocalDate until;
  private int stores;
  private int employees;

  Stores(ShopSize size) {
    this.from = size.from();
    this.until = size.until();
  }

  /** Stores of the country that are open on the day. */
  List<Store> openOn(LocalDate day, Country country) {
    return byCountry.getOrDefault(country, List.of()).stream()
        .filter(store -> store.openOn(day))
        .toList();
  }

  /** A store in the first cities of the larger markets. */
  void fill(List<Country> countries, Tables tables) {
    for (Country country : countries) {
      int number = country.share() > 0.08 ? 4 : country.share() > 0.045 ? 2 : 1;
      for (int i = 0; i < number && country.share() > 0.02; i++) {
        open(country, country.cities().get(i), tables);
      }
    }
  }

  private void open(Country country, String city, Tables tables) {
    int id = ++stores;
    LocalDate opened =
        dice.chance(0.75)
            ? from.minusDays(dice.between(400, 4000))
            : from.plusDays(dice.between(10, 600));
    LocalDate closing = from.plusDays(dice.between(500, 1000));
    boolean closes = dice.chance(0.1) && closing.isAfter(opened.plusDays(300));
    int meters = dice.between(120, 900);
    tables
        .table("stores")
        .add(
            id,
            "Kurobe " + city,
            city,
            country.code(),
            meters,
            opened,
            closes && !closing.isAfter(until) ? closing : null);
    var store =
        new Store(id, opened, closes ? closing : null, staff(country, id, opened, meters, tables));
    byCountry.computeIfAbsent(country, key -> new ArrayList<>()).add(store);
  }

  private List<Employee> staff(
      Country country, int store, LocalDate opened, int meters, Tables tables) {
    List<Employee> team = new ArrayList<>();
    int manager = employees + 1;
    int number = 4 + meters / 150;
    for (int i = 0; i < number; i++) {
      int id = ++employees;
      String role = i == 0 ? "store manager" : i == 1 ? "workshop" : "sales assistant";
      LocalDate hired = i == 0 ? opened.minusDays(30) : opened.plusDays(dice.between(0, 300));
      long salary = (i == 0 ? 52_000 : 27_000) + dice.between(0, 11_000);
      tables
          .table("staff")
          .add(
              id,
              dice.pick(country.firstNames()),
              dice.pick(country.lastNames()),
              role,
              store,
              i == 0 ? null : manager,
              hired,
              Money.euro(salary * 100));
      team.add(new Employee(id, hired));
    }
    return team;
  }
}
