package io.kurobe.examples.shop;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the shop sells, by category, and who makes it. */
final class Assortment {
  /**
   * A product.
   *
   * @param listPrice in cents
   * @param popularity its weight among all products on an average day
   */
  record Product(
      int id,
      String path,
      String season,
      long listPrice,
      double popularity,
      LocalDate launchedOn,
      @Nullable LocalDate discontinuedOn) {
    boolean soldOn(LocalDate day) {
      return !day.isBefore(launchedOn) && (discontinuedOn == null || day.isBefore(discontinuedOn));
    }
  }

  private record Supplier(int id, String brand) {}

  private final List<Product> products = new ArrayList<>();
  private final Dice dice = new Dice(20_101);
  private final LocalDate from;
  private final LocalDate until;

  Assortment(ShopSize size) {
    this.from = size.from();
    this.until = size.until();
  }

  List<Product> products() {
    return products;
  }

  /** Running sums of the products' weights on a day, for {@link Dice#weighted}. */
  double[] demand(LocalDate day) {
    double[] sums = new double[products.size()];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      Product product = products.get(i);
      if (product.soldOn(day)) {
        sum += product.popularity() * Calendar.season(product.season(), day);
      }
      sums[i] = sum;
    }
    return sums;
  }

  void fill(Tables tables) {
    List<Supplier> suppliers = suppliers(tables.table("suppliers"));
    List<List<String>> lines = Lines.fields("assortment.txt");
    Map<String, Integer> departments = new LinkedHashMap<>();
    for (List<String> line : lines) {
      departments.computeIfAbsent(department(line), name -> departments.size() + 1);
    }
    Rows categories = tables.table("categories");
    departments.forEach((name, id) -> categories.add(id, name, null));
    int category = departments.size();
    for (List<String> line : lines) {
      category++;
      categories.add(category, category(line), departments.get(department(line)));
      for (String noun : Lines.parts(line.get(4))) {
        makers(line, noun, category, suppliers, tables.table("products"));
      }
    }
  }

  private List<Supplier> suppliers(Rows rows) {
    List<Supplier> suppliers = new ArrayList<>();
    for (List<String> line : Lines.fields("suppliers.txt")) {
      int id = suppliers.size() + 1;
      String brand = line.get(2);
      String host = brand.toLowerCase(Locale.ROOT).replace(" ", "").replace("ö", "oe");
      rows.add(
          id,
          line.get(0),
          line.get(1),
          dice.chance(0.8) ? "sales@" + host + ".example" : null,
          dice.chance(0.85) ? Money.euro(dice.between(26, 50) * 10L).setScale(1) : null);
      suppliers.add(new Supplier(id, brand));
    }
    return suppliers;
  }

  /** One to three makers of a thing, at different prices. */
  private void makers(
      List<String> line, String noun, int category, List<Supplier> suppliers, Rows rows) {
    int makers = dice.between(1, 3);
    int first = dice.between(0, suppliers.size() - 1);
    double low = Double.parseDouble(line.get(1)) * 100;
    double high = Double.parseDouble(line.get(2)) * 100;
    for (int i = 0; i < makers; i++) {
      Supplier supplier = suppliers.get((first + i * 5) % suppliers.size());
      long price = Money.price(low + (high - low) * dice.fraction() * dice.fraction());
      add(line, noun, category, supplier, price, rows);
    }
  }

  private void add(
      List<String> line, String noun, int category, Supplier supplier, long price, Rows rows) {
    int id = products.size() + 1;
    // Cheap things sell more often, and some things sell much better than others.
    double popularity =
        StrictMath.exp(2.2 * dice.fraction()) * StrictMath.pow(price / 10_000.0, -0.35);
    LocalDate launched =
        dice.chance(0.8)
            ? from.minusDays(dice.between(30, 2400))
            : from.plusDays(dice.between(0, 900));
    LocalDate ends = from.plusDays(dice.between(250, 1400));
    boolean discontinued = dice.chance(0.12) && ends.isAfter(launched.plusDays(90));
    long cost = StrictMath.round(price * (0.42 + 0.24 * dice.fraction()));
    BigDecimal weight = dice.chance(0.9) ? BigDecimal.valueOf(dice.between(20, 4200), 3) : null;
    LocalDate gone = discontinued && !ends.isAfter(until) ? ends : null;
    rows.add(
        id,
        String.format(Locale.ROOT, "KB-%02d-%04d", category, id),
        supplier.brand() + " " + noun,
        category,
        supplier.id(),
        Money.euro(price),
        Money.euro(cost),
        weight,
        launched,
        gone);
    products.add(
        new Product(
            id,
            "/products/" + id,
            line.get(3),
            price,
            popularity,
            launched,
            discontinued ? ends : null));
  }

  private static String department(List<String> line) {
    return line.get(0).substring(0, line.get(0).indexOf('>')).strip();
  }

  private static String category(List<String> line) {
    return line.get(0).substring(line.get(0).indexOf('>') + 1).strip();
  }
}
