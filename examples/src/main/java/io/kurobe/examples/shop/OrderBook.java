package io.kurobe.examples.shop;

import io.kurobe.examples.shop.Assortment.Product;
import io.kurobe.examples.shop.Campaigns.Campaign;
import io.kurobe.examples.shop.Clientele.Customer;
import io.kurobe.examples.shop.Stores.Employee;
import io.kurobe.examples.shop.Stores.Store;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders with their lines, and what follows from them: payments, parcels, returns, reviews. */
final class OrderBook {
  /** An order as the web site saw it. */
  record WebOrder(
      long id,
      Customer customer,
      LocalDateTime orderedAt,
      @Nullable Campaign campaign,
      List<Product> products) {}

  private final Tables tables;
  private final Assortment assortment;
  private final Clientele clientele;
  private final Stores stores;
  private final Aftermath aftermath;
  private final ShopSize size;
  private final Dice dice = new Dice(20_105);
  private long count;

  OrderBook(
      Tables tables, Assortment assortment, Clientele clientele, Stores stores, ShopSize size) {
    this.tables = tables;
    this.assortment = assortment;
    this.clientele = clientele;
    this.stores = stores;
    this.size = size;
    this.aftermath = new Aftermath(tables, size.until());
  }

  long count() {
    return count;
  }

  /** One day's trade: the expected number of orders of each country becomes orders. */
  List<WebOrder> trade(
      LocalDate day, List<Country> countries, double[] expected, List<Campaign> campaigns) {
    record Placed(LocalDateTime at, Country country) {}
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < countries.size(); i++) {
      int number = dice.poisson(expected[i]);
      for (int n = 0; n < number; n++) {
        // Two numbers added up make afternoons busier than mornings and nights.
        int second = dice.between(0, 43_000) + dice.between(0, 43_000);
        placed.add(new Placed(day.atStartOfDay().plusSeconds(second), countries.get(i)));
      }
    }
    placed.sort(
        (a, b) ->
            a.at().equals(b.at())
                ? a.country().code().compareTo(b.country().code())
                : a.at().compareTo(b.at()));
    double[] demand = assortment.demand(day);
    List<WebOrder> overTheWeb = new ArrayList<>();
    for (Placed order : placed) {
      place(order.at(), order.country(), demand, campaigns, overTheWeb);
    }
    return overTheWeb;
  }

  private void place(
      LocalDateTime at,
      Country country,
      double[] demand,
      List<Campaign> campaigns,
      List<WebOrder> overTheWeb) {
    long id = ++count;
    Customer customer = clientele.anyOf(country, dice);
    List<Store> open = stores.openOn(at.toLocalDate(), country);
    double way = dice.fraction();
    boolean inStore = !open.isEmpty() && way < 0.27;
    String channel = inStore ? "store" : way > 0.94 ? "phone" : "web";
    Store store = inStore ? dice.pick(open) : null;
    Campaign campaign =
        channel.equals("web") && !campaigns.isEmpty() && dice.chance(0.34)
            ? dice.pick(campaigns)
            : null;
    String coupon =
        campaign != null && campaign.coupon() != null && dice.chance(0.6)
            ? campaign.coupon()
            : dice.chance(0.02) ? "WELCOME10" : null;

    int lines = 1 + dice.poisson(customer.business() ? 2.2 : 1.2);
    List<Product> products = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      Product product = assortment.products().get(dice.weighted(demand));
      if (!products.contains(product)) {
        products.add(product);
      }
    }
    long[] totals = new long[products.size()];
    long total = 0;
    for (int i = 0; i < totals.length; i++) {
      totals[i] = line(id, i + 1, products.get(i), customer, coupon, at.toLocalDate());
      total += totals[i];
    }

    long shipping = inStore ? 0 : total >= 15_000 ? 0 : 490;
    boolean cancelled = !inStore && dice.chance(0.035);
    boolean returned =
        aftermath.follow(
            new Aftermath.Placed(
                id, customer, channel, at, cancelled, total + shipping, products, totals));
    tables
        .table("orders")
        .add(
            id,
            customer.id(),
            store == null ? null : store.id(),
            store == null ? null : seller(store, at.toLocalDate()),
            country.code(),
            channel,
            cancelled ? "cancelled" : returned ? "returned" : status(at.toLocalDate(), inStore),
            at,
            coupon,
            Money.euro(shipping),
            Money.euro(total));
    if (channel.equals("web")) {
      overTheWeb.add(new WebOrder(id, customer, at, campaign, products));
    }
  }

  /** Adds a line and gives its total in cents. */
  private long line(
      long order,
      int number,
      Product product,
      Customer customer,
      @Nullable String coupon,
      LocalDate day) {
    double inflation = 0.91 + 0.03 * Calendar.years(size.from(), day);
    long price = Money.price(product.listPrice() * inflation);
    int quantity = quantity(product, customer);
    int percent = 0;
    if (coupon != null) {
      percent = Integer.parseInt(coupon.replaceAll("\\D", ""));
    } else if (dice.chance(0.08)) {
      percent = 5 * dice.between(1, 6);
    }
    // Half a cent goes up, as on a till.
    long total = (price * quantity * (100 - percent) + 50) / 100;
    tables
        .table("order_items")
        .add(
            order,
            number,
            product.id(),
            quantity,
            Money.euro(price),
            BigDecimal.valueOf(percent, 2),
            Money.euro(total));
    return total;
  }

  private int quantity(Product product, Customer customer) {
    int most = product.listPrice() < 1000 ? 9 : product.listPrice() < 5000 ? 3 : 1;
    int quantity = most == 1 || dice.chance(0.6) ? 1 : dice.between(1, most);
    return customer.business() ? quantity * dice.between(1, 4) : quantity;
  }

  private @Nullable Integer seller(Store store, LocalDate day) {
    List<Employee> present =
        store.employees().stream().filter(employee -> !employee.hiredOn().isAfter(day)).toList();
    return present.isEmpty() ? null : dice.pick(present).id();
  }

  private String status(LocalDate day, boolean inStore) {
    long age = size.until().toEpochDay() - day.toEpochDay();
    return inStore || age >= 8 ? "completed" : age >= 2 ? "shipped" : "processing";
  }
}
