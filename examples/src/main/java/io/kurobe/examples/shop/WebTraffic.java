package io.kurobe.examples.shop;

import io.kurobe.examples.shop.Assortment.Product;
import io.kurobe.examples.shop.Campaigns.Campaign;
import io.kurobe.examples.shop.Clientele.Customer;
import io.kurobe.examples.shop.OrderBook.WebOrder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Visits to the web site: one behind every order over the web, and the many that buy nothing. */
final class WebTraffic {
  private static final List<String> ENTRIES = List.of("/", "/sale", "/new", "/guides", "/stores");

  private final Rows sessions;
  private final Rows views;
  private final Assortment assortment;
  private final Clientele clientele;
  private final LocalDate from;
  private final Dice dice = new Dice(20_107);
  private long sessionCount;
  private long viewCount;

  WebTraffic(Tables tables, Assortment assortment, Clientele clientele, LocalDate from) {
    this.sessions = tables.table("web_sessions");
    this.views = tables.table("page_views");
    this.assortment = assortment;
    this.clientele = clientele;
    this.from = from;
  }

  /** The visit in which an order was placed. */
  void bought(WebOrder order, double[] demand) {
    LocalDateTime started = order.orderedAt().minusSeconds(dice.between(150, 2400));
    visit(started, order.customer().country(), order.customer(), order, order.campaign(), demand);
  }

  /** Visits of a day from a country that bought nothing. */
  void looked(
      LocalDate day,
      Country country,
      double expectedOrders,
      List<Campaign> campaigns,
      double[] demand) {
    int number = dice.poisson(expectedOrders * 1.6);
    for (int i = 0; i < number; i++) {
      int second = dice.between(0, 43_000) + dice.between(0, 43_000);
      Customer customer = dice.chance(0.35) ? clientele.anyOf(country, dice) : null;
      Campaign campaign = !campaigns.isEmpty() && dice.chance(0.4) ? dice.pick(campaigns) : null;
      visit(day.atStartOfDay().plusSeconds(second), country, customer, null, campaign, demand);
    }
  }

  private void visit(
      LocalDateTime started,
      Country country,
      @Nullable Customer customer,
      @Nullable WebOrder order,
      @Nullable Campaign campaign,
      double[] demand) {
    long id = ++sessionCount;
    String entry = campaign != null ? "/sale" : dice.pickEarly(ENTRIES);
    LocalDateTime at = view(id, null, entry, started, dice.between(4, 60));
    int looks = dice.poisson(order == null ? 1.6 : 2.2);
    for (int i = 0; i < looks; i++) {
      Product product = assortment.products().get(dice.weighted(demand));
      boolean last = order == null && i == looks - 1;
      at = view(id, product, product.path(), at, last ? null : dice.between(6, 150));
    }
    if (order != null) {
      for (Product product : order.products()) {
        at = view(id, product, product.path(), at, dice.between(10, 120));
      }
      at = view(id, null, "/cart", at, dice.between(8, 90));
      at = view(id, null, "/checkout", at, null);
    }
    long duration = java.time.Duration.between(started, at).toSeconds();
    sessions.add(
        id,
        customer == null ? null : customer.id(),
        order == null ? null : order.id(),
        campaign == null ? null : campaign.id(),
        country.code(),
        device(started.toLocalDate()),
        dice.pickEarly(List.of("Chrome", "Safari", "Firefox", "Edge", "Samsung Internet")),
        entry,
        started,
        (int) duration);
  }

  /** Adds a view and gives when the next one begins. */
  private LocalDateTime view(
      long session,
      @Nullable Product product,
      String path,
      LocalDateTime at,
      @Nullable Integer seconds) {
    views.add(++viewCount, session, product == null ? null : product.id(), path, at, seconds);
    return at.plusSeconds(seconds == null ? 20 : seconds);
  }

  /** Phones take over from desktops as the years pass. */
  private String device(LocalDate day) {
    double phones = 0.48 + 0.06 * Calendar.years(from, day);
    double fraction = dice.fraction();
    return fraction < phones ? "phone" : fraction < phones + 0.05 ? "tablet" : "desktop";
  }
}
