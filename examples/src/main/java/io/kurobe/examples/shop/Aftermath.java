package io.kurobe.examples.shop;

import io.kurobe.examples.shop.Assortment.Product;
import io.kurobe.examples.shop.Clientele.Customer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** What becomes of an order: the payment, the parcel, what comes back, what is written of it. */
final class Aftermath {
  /**
   * An order.
   *
   * @param amount in cents, shipping included
   * @param lineTotals in cents, one for each of the products
   */
  record Placed(
      long id,
      Customer customer,
      String channel,
      LocalDateTime at,
      boolean cancelled,
      long amount,
      List<Product> products,
      long[] lineTotals) {}

  private static final List<String> REASONS =
      List.of("too small", "too large", "not as described", "damaged", "changed my mind");
  private static final List<String> CARRIERS = List.of("DHL", "PostNord", "DPD", "UPS", "FedEx");
  private static final List<String> TITLES =
      List.of(
          "Does what it should",
          "Lighter than expected",
          "Très bien",
          "Würde ich wieder kaufen",
          "Broke on the second trip",
          "Perfect for the Alps",
          "最高です",
          "Not for wide feet");

  private final Tables tables;
  private final LocalDate until;
  private final Dice dice = new Dice(20_106);
  private long payments;
  private long shipments;
  private int returns;
  private int reviews;

  Aftermath(Tables tables, LocalDate until) {
    this.tables = tables;
    this.until = until;
  }

  /** Returns whether something came back. */
  boolean follow(Placed order) {
    boolean returned = false;
    pay(order);
    LocalDate arrived = ship(order);
    for (int i = 0; i < order.products().size(); i++) {
      returned |= sendBack(order, i, arrived);
      review(order, order.products().get(i), arrived);
    }
    return returned;
  }

  private void pay(Placed order) {
    double way = dice.fraction();
    String method =
        switch (order.channel()) {
          case "store" -> way < 0.7 ? "card" : "cash";
          case "phone" -> way < 0.6 ? "invoice" : "card";
          default ->
              order.customer().business() || way < 0.16
                  ? "invoice"
                  : way < 0.6 ? "card" : way < 0.9 ? "PayPal" : "bank transfer";
        };
    LocalDateTime paid =
        switch (method) {
          case "invoice" -> order.at().plusHours(dice.between(24, 24 * 30));
          case "bank transfer" -> order.at().plusHours(dice.between(8, 72));
          default -> order.at().plusSeconds(dice.between(5, 90));
        };
    if (!order.cancelled() && happened(paid)) {
      tables
          .table("payments")
          .add(++payments, order.id(), method, Money.euro(order.amount()), paid);
    }
  }

  private LocalDate ship(Placed order) {
    if (order.channel().equals("store")) {
      return order.at().toLocalDate();
    }
    LocalDateTime shipped = order.at().plusHours(dice.between(6, 60));
    LocalDateTime delivered = shipped.plusHours(dice.between(20, 130));
    boolean lost = dice.chance(0.004);
    String carrier = dice.pickEarly(CARRIERS);
    if (!order.cancelled() && happened(shipped)) {
      tables
          .table("shipments")
          .add(
              ++shipments,
              order.id(),
              carrier,
              shipped,
              lost || !happened(delivered) ? null : delivered);
    }
    return delivered.toLocalDate();
  }

  private boolean sendBack(Placed order, int line, LocalDate arrived) {
    boolean comesBack = dice.chance(order.channel().equals("store") ? 0.015 : 0.06);
    LocalDate day = arrived.plusDays(dice.between(2, 28));
    String reason = dice.chance(0.8) ? dice.pickEarly(REASONS) : null;
    if (!comesBack || order.cancelled() || day.isAfter(until)) {
      return false;
    }
    tables
        .table("returns")
        .add(++returns, order.id(), line + 1, reason, Money.euro(order.lineTotals()[line]), day);
    return true;
  }

  private void review(Placed order, Product product, LocalDate arrived) {
    boolean writes = dice.chance(0.06);
    LocalDate day = arrived.plusDays(dice.between(3, 40));
    // Every product has a level of its own, so that averages differ.
    int rating =
        Math.min(
            5, Math.max(1, 3 + product.id() % 3 - (dice.chance(0.3) ? dice.between(1, 3) : 0)));
    String title = dice.chance(0.7) ? dice.pick(TITLES) : null;
    if (writes && !order.cancelled() && !day.isAfter(until)) {
      tables
          .table("reviews")
          .add(++reviews, product.id(), order.customer().id(), rating, title, day);
    }
  }

  private boolean happened(LocalDateTime moment) {
    return !moment.toLocalDate().isAfter(until);
  }
}
