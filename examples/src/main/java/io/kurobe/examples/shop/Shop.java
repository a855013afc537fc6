package io.kurobe.examples.shop;

import io.kurobe.examples.shop.Campaigns.Campaign;
import io.kurobe.examples.shop.OrderBook.WebOrder;
import java.time.LocalDate;
import java.util.List;

/**
 * The whole shop in motion: opens it and lets day follow day, writing rows as they come about. The
 * sales go to one set of tables, the web site's to another, as in a company that grew.
 */
final class Shop {
  /** Orders a day at the start, at scale 1; growth makes about 100,000 of it in three years. */
  private static final double ORDERS_A_DAY = 78;

  private final ShopSize size;
  private final Tables sales;
  private final Tables web;
  private final List<Country> countries = Country.all();

  Shop(ShopSize size, Tables sales, Tables web) {
    this.size = size;
    this.sales = sales;
    this.web = web;
  }

  /** Writes every row. */
  void run() {
    geography();
    var assortment = new Assortment(size);
    assortment.fill(sales);
    var stores = new Stores(size);
    stores.fill(countries, sales);
    var campaigns = new Campaigns(size);
    campaigns.fill(web);
    var clientele = new Clientele(sales);
    clientele.open(countries, size.from(), size.scale());
    var orders = new OrderBook(sales, assortment, clientele, stores, size);
    var traffic = new WebTraffic(web, assortment, clientele, size.from());
    Rows adSpend = web.table("ad_spend");

    for (LocalDate day = size.from(); !day.isAfter(size.until()); day = day.plusDays(1)) {
      double[] expected = expected(day);
      for (int i = 0; i < expected.length; i++) {
        clientele.signUpOn(day, countries.get(i), expected[i]);
      }
      List<Campaign> running = campaigns.runningOn(day);
      List<WebOrder> bought = orders.trade(day, countries, expected, running);
      double[] demand = assortment.demand(day);
      for (WebOrder order : bought) {
        traffic.bought(order, demand);
      }
      for (int i = 0; i < expected.length; i++) {
        traffic.looked(day, countries.get(i), expected[i], running, demand);
      }
      campaigns.spendOn(day, 1 + 0.12 * Calendar.years(size.from(), day), adSpend);
    }
  }

  private void geography() {
    List<String> regions = Country.regions(countries);
    for (int i = 0; i < regions.size(); i++) {
      sales.table("regions").add(i + 1, regions.get(i));
    }
    for (Country country : countries) {
      sales
          .table("countries")
          .add(country.code(), country.name(), regions.indexOf(country.region()) + 1);
    }
  }

  /** Orders expected on a day, by country. */
  private double[] expected(LocalDate day) {
    double trade = ORDERS_A_DAY * size.scale() * Calendar.trade(day);
    double years = Calendar.years(size.from(), day);
    double[] expected = new double[countries.size()];
    for (int i = 0; i < expected.length; i++) {
      Country country = countries.get(i);
      expected[i] = trade * country.share() * StrictMath.pow(1 + country.growth(), years);
    }
    return expected;
  }
}
